import { registry } from "@web/core/registry";
import { persian } from "./persian";

/** The Secretariat's desk and the President's page, on Persian screens. */

const LINE = (title) => `.o_shora_president_line:contains("${title}")`;

registry.category("web_tour.tours").add("shora_secretariat_desk", {
    steps: () => [
        { trigger: ".o_shora_secretariat_councils" },
        persian("Secretariat's desk", ".o_shora_secretariat"),
        {
            content: "what is late is marked",
            trigger: ".o_shora_secretariat_row[data-stage=expected][data-late='1'] .badge.text-bg-danger",
        },
        {
            content: "what is reviewed, of all councils",
            trigger: ".o_shora_secretariat_cell[data-stage=reviewed]",
            run: "click",
        },
        { trigger: ".o_shora_secretariat:not(:has(.o_shora_secretariat_row[data-stage=expected]))" },
        {
            content: "everything that can be chosen",
            trigger: ".o_shora_secretariat_row[data-stage=reviewed] input[type=checkbox]",
            run() {
                for (const box of document.querySelectorAll(".o_shora_secretariat_row input[type=checkbox]")) {
                    box.click();
                }
            },
        },
        { trigger: ".o_shora_prepare:enabled", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=part_ids] .o_data_row" },
        persian("draft of the dossier"),
        { trigger: ".o_notebook .nav-link[name=lines]", run: "click" },
        { trigger: ".o_field_widget[name=line_ids] .o_data_row" },
        persian("lines of the dossier"),
        { trigger: ".o_form_statusbar button[name=action_present]:enabled", run: "click" },
        persian("asked again", ".modal"),
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_form_statusbar [name=state] .o_arrow_button_current[data-value=presented]" },
        persian("presented dossier"),
        { trigger: ".o_form_statusbar button[name=action_open_page]:enabled", run: "click" },
        { trigger: ".o_shora_president_line" },
        {
            content: "the Secretariat reads the page and decides nothing",
            trigger: ".o_shora_president:not(:has(.o_shora_president_decisions))",
        },
        persian("President's page as the Secretariat sees it", ".o_shora_president"),
    ],
});

registry.category("web_tour.tours").add("shora_president_desk", {
    steps: () => [
        { trigger: LINE("طرح رودها") },
        persian("President's page", ".o_shora_president"),
        {
            content: "recommendation and box are in sight without scrolling",
            trigger: `${LINE("طرح رودها")} textarea`,
            run() {
                const { bottom } = document.querySelector(".o_shora_president_line").getBoundingClientRect();
                if (bottom > window.innerHeight) {
                    throw new Error("The first resolution is not in sight without scrolling.");
                }
            },
        },
        {
            content: "an instruction without words is refused in words",
            trigger: `${LINE("طرح رودها")} button[data-decision=instruct]`,
            run: "click",
        },
        { trigger: '.o_notification:contains("هامش")' },
        { trigger: `${LINE("طرح رودها")} textarea`, run: "edit از راه معاون پژوهشی اقدام شود" },
        { trigger: `${LINE("طرح رودها")}:contains("ثبت نشده")` },
        { trigger: `${LINE("طرح رودها")} button[data-decision=instruct]`, run: "click" },
        { trigger: `${LINE("طرح رودها")}[data-decision=instruct] button[data-decision=instruct].btn-primary` },
        {
            content: "one tap for what he has seen",
            trigger: `${LINE("طرح ایستگاه‌ها")} button[data-decision=return]`,
        },
        { trigger: `${LINE("طرح ایستگاه‌ها")} button[data-decision=seen]`, run: "click" },
        { trigger: `${LINE("طرح ایستگاه‌ها")}[data-decision=seen]` },
        persian("decided", ".o_shora_president"),
        { trigger: ".o_shora_president_final:enabled", run: "click" },
        persian("asked again", ".modal"),
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_shora_president_state[data-state=decided]" },
        { trigger: `${LINE("طرح رودها")}[data-final='1']:not(:has(textarea))` },
        persian("final", ".o_shora_president"),
    ],
});

/** A Tehran day as a Persian types it. */
const dayAgo = (days) => luxon.DateTime.now().minus({ days }).toFormat("yyyy/MM/dd");

const png = () => {
    const raw = atob(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    );
    const bytes = Uint8Array.from(raw, (char) => char.charCodeAt(0));
    return new File([bytes], "هامش.png", { type: "image/png" });
};

registry.category("web_tour.tours").add("shora_president_office", {
    steps: () => [
        { trigger: ".o_shora_president_day input" },
        persian("President's page as his office sees it", ".o_shora_president"),
        {
            trigger: ".o_shora_president_day input",
            run: ({ edit }) => edit(dayAgo(3)),
        },
        { trigger: ".o_shora_president_day input", run: "press Enter" },
        { trigger: ".o_shora_president_line textarea", run: "edit بازگردانده شود؛ هزینه زیاد است" },
        { trigger: ".o_shora_president_line button[data-decision=return]", run: "click" },
        { trigger: ".o_shora_president_line[data-decision=return]" },
        { trigger: ".o_shora_president_final:enabled", run: "click" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { content: "not without the scan", trigger: '.o_notification:contains("تصویر")' },
        { trigger: "body:not(:has(.modal))" },
        {
            trigger: ".o_shora_president_head",
            run() {
                const input = document.querySelector(".o_shora_president_head .o_shora_president_scan");
                const files = new DataTransfer();
                files.items.add(png());
                input.files = files.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: '.o_shora_president_head a:contains("هامش.png")' },
        { trigger: ".o_shora_president_final:enabled", run: "click" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_shora_president_state[data-state=decided]" },
        persian("recorded by the office", ".o_shora_president"),
    ],
});
