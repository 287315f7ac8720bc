import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Copies the address of the calendar feed; where the browser gives no clipboard, the address is marked for copying. */
export class CopyAddress extends Interaction {
    static selector = ".o_shora_calendar";
    dynamicContent = {
        ".o_shora_copy": { "t-on-click": this.copy },
        "#shora_feed": { "t-on-focus": (ev) => ev.currentTarget.select() },
    };

    async copy(ev) {
        const button = ev.currentTarget;
        const input = this.el.querySelector("#shora_feed");
        try {
            await browser.navigator.clipboard.writeText(input.value);
            const [before, after] = button.children;
            before.classList.add("d-none");
            after.classList.remove("d-none");
        } catch {
            input.focus();
        }
    }
}

registry.category("public.interactions").add("shora_council.copy_address", CopyAddress);
