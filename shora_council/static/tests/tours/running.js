import { registry } from "@web/core/registry";
import { persian } from "./persian";

/** The running screen: everybody marked by one tap each, guests, an item with its note and resolution, closing. */

const RUN = ".o_shora_run";
const row = (person) => `${RUN} .o_shora_run_row:contains("${person}")`;

const tap = (person, status) => [
    { content: `${person} is ${status}`, trigger: `${row(person)} button[data-status=${status}]`, run: "click" },
    { trigger: `${RUN} .o_shora_run_row[data-status=${status}]:contains("${person}")` },
];

const hour = (person, name, text) => [
    {
        content: `${name} of ${person}`,
        trigger: `${row(person)} input[data-hour=${name}]`,
        run: `edit ${text} && press Enter`,
    },
];

const state = (name) => ({ trigger: `${RUN} .o_shora_run_state[data-state=${name}]` });

const next = (name) => ({ trigger: `${RUN} .o_shora_run_next[data-state=${name}]:enabled`, run: "click" });

/** The names of the fullest council and the item before it are on the screen at once. */
const everybody = {
    content: "nobody has to be scrolled for",
    trigger: `${RUN} ol .o_shora_run_row`,
    run() {
        const rows = [...document.querySelectorAll(`${RUN} ol .o_shora_run_row, ${RUN} .o_shora_run_detail`)];
        const below = rows.filter((one) => one.getBoundingClientRect().bottom > window.innerHeight);
        if (rows.length < 15 || below.length) {
            throw new Error(`${below.length} of ${rows.length} are below the edge of the screen.`);
        }
    },
};

const ORDINALS = ["یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"];

registry.category("web_tour.tours").add("shora_session_run", {
    steps: () => [
        { trigger: ".o_form_statusbar button[name=action_run]", run: "click" },
        state("scheduled"),
        persian("before the opening", RUN),
        next("open"),
        { trigger: ".modal .o_field_widget[name=presiding_ground] input[data-value=chair]:checked" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        state("open"),
        everybody,
        ...ORDINALS.filter((ordinal) => ordinal !== "پنجم").flatMap((ordinal) => tap(`عضو ${ordinal}`, "present")),
        ...tap("عضو دوازدهم", "late"),
        ...hour("عضو دوازدهم", "arrived_at", "۱۰:۲۵"),
        ...tap("عضو سیزدهم", "absent"),
        ...tap("عضو یازدهم", "excused"),
        { trigger: `${RUN} .o_shora_run_add_guest`, run: "click" },
        { trigger: `${RUN} .o_shora_run_who`, run: "edit استاد میهمان" },
        { trigger: `${RUN} .o_shora_run_new`, run: "click" },
        { trigger: row("استاد میهمان") },
        { trigger: `${RUN} .o_shora_run_add_other`, run: "click" },
        { trigger: `${RUN} .o_shora_run_who`, run: "edit جانشین عضو سیزدهم" },
        { trigger: `${RUN} .o_shora_run_new`, run: "click" },
        { trigger: row("جانشین") },
        { trigger: `${RUN} .o_shora_run_take_up`, run: "click" },
        { trigger: `${RUN} .o_shora_run_current` },
        { trigger: `${RUN} textarea[data-part=discussion]`, run: "edit دیدگاه‌ها شنیده شد." },
        { trigger: `${RUN} button[data-note=discussion]:enabled`, run: "click" },
        { trigger: `${RUN} .o_shora_run_notes:contains("دیدگاه‌ها شنیده شد.")` },
        { trigger: `${RUN} .o_shora_run_decide`, run: "click" },
        { trigger: `${RUN} .o_shora_run_text`, run: "edit دبیرخانه گزارش را پیگیری کند." },
        { trigger: `${RUN} button[data-outcome=adopted]`, run: "click" },
        { trigger: `${RUN} .o_shora_run_resolution[data-state=adopted]` },
        persian("running session", RUN),
        { trigger: `${RUN} .o_shora_run_discussed`, run: "click" },
        { trigger: `${RUN} .o_shora_run_detail[data-state=discussed]` },
        next("held"),
        state("held"),
        {
            content: "one member is not marked yet: closing waits and says why",
            trigger: `${RUN} .o_shora_run_reasons:contains("عضو چهاردهم")`,
        },
        ...tap("عضو چهاردهم", "absent"),
        next("closed"),
        persian("closing, asked again", ".modal"),
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        state("closed"),
        persian("closed session", RUN),
    ],
});
