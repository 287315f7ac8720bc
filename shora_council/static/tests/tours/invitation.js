import { registry } from "@web/core/registry";
import { pdf } from "./pdf";
import { persian } from "./persian";
import { button, choose, inState, type } from "./screen";

/**
 * What is clicked seldom and must be right: the President's referral, the telephone and paper beside an extraordinary
 * invitation, a day declared off with what it hits, and a year planned anew around what is invited.
 */

const menu = (section, item) => [
    { trigger: `.o_menu_sections button[data-menu-xmlid="shora_council.${section}"]`, run: "click" },
    { trigger: `.dropdown-item[data-menu-xmlid="shora_council.${item}"]`, run: "click" },
];

const closed = { content: "no dialog is open", trigger: "body:not(:has(.modal))" };

/** Give the field a file from this machine, as the window of the system would. */
const upload = (field, name, content, type) => ({
    content: `${name} into ${field}`,
    trigger: `.modal .o_field_widget[name=${field}]`,
    run() {
        const files = new DataTransfer();
        files.items.add(new File([content], name, { type }));
        const input = document.querySelector(`.modal .o_field_widget[name=${field}] input[type=file]`);
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    },
});

registry.category("web_tour.tours").add("shora_referral", {
    steps: () => [
        ...menu("shora_session_menu_root", "shora_referral_menu"),
        ...choose("council_id", "شورای آزمون", ".modal"),
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit حریق بازار" },
        { trigger: ".modal .o_field_widget[name=reference] input", run: "edit ۱۲۰/۴۵" },
        ...type("start", () => luxon.DateTime.now().plus({ days: 2 }).set({ hour: 10, minute: 0, second: 0 }), ".modal"),
        upload("attachment_ids", "نامه.pdf", "%PDF-1.4 letter", "application/pdf"),
        { trigger: '.modal .o_attachment:contains("نامه.pdf")' },
        persian("referral", ".modal"),
        button("action_confirm", ".modal"),
        closed,
        inState("scheduled"),
        { trigger: '.o_field_widget[name=ground]:contains("حریق بازار")' },
        { trigger: '[name=agenda_item_ids] tr.o_data_row:contains("حریق بازار")' },
        persian("referred session"),
    ],
});

const recipient = (person, action) => `[name=recipient_ids] tr.o_data_row:contains("${person}") button[name=${action}]`;

const called = () => [
    { trigger: recipient("شیرین رستمی", "action_call"), run: "click" },
    { trigger: ".modal .o_field_widget[name=number] input", run: "edit ۰۹۱۲۱۲۳۴۵۶۷" },
    ...type("called_at", () => luxon.DateTime.now().minus({ minutes: 30 }), ".modal"),
    { trigger: ".modal .o_field_widget[name=answer] input[data-value=not_attending]", run: "click" },
    { trigger: ".modal .o_field_widget[name=note] textarea", run: "edit در سفر است" },
    persian("call", ".modal"),
    button("action_record", ".modal"),
    closed,
    { trigger: '[name=recipient_ids] tr.o_data_row:contains("شیرین رستمی") [name=phone_answer]:contains("نمی")' },
];

const handed = () => [
    { trigger: recipient("فرهاد امینی", "action_hand_over"), run: "click" },
    upload("receipt", "رسید.png", "signed by F. Amini", "image/png"),
    { trigger: ".modal .o_field_widget[name=receipt] input[type=text]:value(رسید.png)" },
    persian("handing over", ".modal"),
    button("action_record", ".modal"),
    closed,
    { trigger: '[name=recipient_ids] tr.o_data_row:contains("فرهاد امینی") [name=state] .text-bg-success' },
];

registry.category("web_tour.tours").add("shora_phone_and_paper", {
    steps: () => [
        button("action_prepare_notice"),
        inState("draft"),
        ...called(),
        persian("notice with a call"),
        button("action_dispatch"),
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        closed,
        inState("dispatched"),
        pdf("action_print_paper"),
        ...handed(),
        persian("notice with a call and a receipt"),
    ],
});

const persianYear = new Intl.DateTimeFormat("en-u-ca-persian", { year: "numeric", timeZone: "Asia/Tehran" });
const next = () => parseInt(persianYear.format(new Date())) + 1;

const hit = (text) => ({ trigger: `.o_list_view tr.o_data_row:contains("${text}")` });

registry.category("web_tour.tours").add("shora_day_off", {
    steps: () => [
        ...menu("shora_session_menu_root", "shora_day_off_menu"),
        { trigger: '.o_control_panel .o_breadcrumb:contains("روزهای تعطیل")' },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit عزای عمومی" },
        ...type("date_from", () => `${next()}/02/15 00:00:00`),
        ...type("date_to", () => `${next()}/02/15 23:59:59`),
        { trigger: ".o_form_button_save:visible", run: "click" },
        button("action_shora_hits"),
        hit("جلسه در همان روز"),
        hit("آخرین روز ارسال دعوت‌نامه"),
        hit("آخرین روز ارسال صورتجلسه"),
        { trigger: ".o_list_view:not(:has(tr.o_data_row:eq(3)))" },
        persian("what the day off hits"),
        { trigger: '.o_list_view tr.o_data_row:contains("جلسه در همان روز") td[name=day]', run: "click" },
        inState("invited"),
    ],
});

const line = (text) => `[name=line_ids] tr.o_data_row:contains("${text}")`;

registry.category("web_tour.tours").add("shora_year_planned_again", {
    steps: () => [
        ...menu("shora_session_menu_root", "shora_session_planner_menu"),
        { trigger: ".o_field_widget[name=year] input", run: `edit ${next()}` },
        { trigger: ".o_field_widget[name=place] input", run: "edit تالار نو" },
        button("action_propose"),
        { trigger: `${line("/۰۲/۱۵")}` },
        persian("proposed again"),
        button("action_create"),
        { trigger: ".o_list_view tr.o_data_row:eq(20)" },
        persian("planned again"),
    ],
});
