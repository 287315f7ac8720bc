import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** The guide on paper, by the browser's own dialog. */
export class PrintGuide extends Interaction {
    static selector = ".o_shora_guide";
    dynamicContent = { ".o_shora_print": { "t-on-click": () => window.print() } };
}

registry.category("public.interactions").add("shora_council.print_guide", PrintGuide);
