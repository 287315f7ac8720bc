/**
 * Started before the platform's own modules: listens to them starting, for those who read Jalali. For everybody else
 * nothing is listened to.
 */
import { session } from "@web/session";
import { EXCHANGED, exchange } from "@web_jalali/jalali/core/numbers";

export const isWanted = session.calendar_system === "jalali";

if (isWanted) {
    odoo.loader.bus.addEventListener("module-started", ({ detail }) => {
        if (detail.moduleName in EXCHANGED) {
            exchange(detail.moduleName, detail.module, odoo.loader.modules.get("@web/core/registry")?.registry);
        }
    });
}
