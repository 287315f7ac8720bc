import { registry } from "@web/core/registry";
import { pdf } from "./pdf";
import { persian } from "./persian";
import { button, choose, confirm, inState, page, save } from "./screen";

/**
 * One council's cycle on Persian screens, by the people of the by-law: the President issues a decree, the secretary
 * plans, invites, holds and closes a session and forwards its minutes, the Secretariat finds them. Buttons and fields
 * are found by their names; every station is also read for words that are not Persian.
 */

const deskLine = (model) => [
    persian("desk", ".o_shora_desk"),
    persian("menus", ".o_main_navbar"),
    { trigger: `.o_shora_desk_line[data-model="${model}"]`, run: "click" },
];

registry.category("web_tour.tours").add("shora_decree_issued", {
    steps: () => [
        ...deskLine("shora.decree"),
        inState("proposed"),
        persian("proposed decree"),
        button("action_issue"),
        ...confirm("issue"),
        inState("in_force"),
        page("printed"),
        { trigger: ".o_field_widget[name=pdf_sha256]:visible" },
        persian("decree in force"),
        { content: "the member", trigger: ".o_field_widget[name=membership_id] a", run: "click" },
        { trigger: '.o_form_view .o_field_widget[name=partner_id]:contains("دکتر مهرداد کیانی")' },
        persian("membership"),
    ],
});

/** Today at ten, as a Persian types it. */
const todayAtTen = () =>
    luxon.DateTime.now().set({ hour: 10, minute: 0, second: 0 }).toFormat("yyyy/MM/dd HH:mm:ss");

const planned = () => [
    persian("sessions"),
    { trigger: ".o_list_button_add", run: "click" },
    ...choose("council_id", "شورای آزمون"),
    { trigger: ".o_field_widget[name=start] [data-field=start]", run: "click" },
    {
        trigger: ".o_field_widget[name=start] input[data-field=start]",
        run: ({ edit }) => edit(todayAtTen()),
    },
    { trigger: ".o_field_widget[name=start] input[data-field=start]", run: "press Enter" },
    page("agenda"),
    { trigger: "[name=agenda_item_ids] .o_field_x2many_list_row_add a", run: "click" },
    { trigger: "[name=agenda_item_ids] .o_selected_row [name=name] input", run: "edit گزارش نشست شهرداران" },
    ...save,
    persian("session in draft"),
    button("action_accept", "[name=agenda_item_ids]"),
    { trigger: "[name=agenda_item_ids]:not(:has(button[name=action_accept]))" },
    button("action_schedule"),
    inState("scheduled"),
    persian("scheduled session"),
];

const invited = () => [
    button("action_prepare_notice"),
    inState("draft"),
    { trigger: ".o_field_widget[name=late_reason] textarea", run: "edit فوریت موضوع" },
    ...save,
    persian("notice"),
    pdf("action_preview"),
    button("action_dispatch"),
    ...confirm("dispatch"),
    inState("dispatched"),
    persian("dispatched notice"),
    { trigger: ".o_field_widget[name=session_id] a", run: "click" },
    inState("invited"),
];

registry.category("web_tour.tours").add("shora_session_invited", {
    steps: () => [...planned(), ...invited()],
});

/** The row of each person, marked in its dialog. */
const mark = (status, person) => [
    {
        content: `${status}: ${person}`,
        trigger: `[name=attendance_ids] tr.o_data_row:contains("${person}") button[name=action_mark]`,
        run: "click",
    },
    {
        trigger: `.modal .o_field_widget[name=status] input[data-value=${status}]`,
        run: "click",
    },
    { trigger: `.modal .o_field_widget[name=status] input[data-value=${status}]:checked` },
    ...(status === "late" ? [persian("marking", ".modal")] : []),
    button("action_record", ".modal"),
    { trigger: "body:not(:has(.modal))" },
    {
        trigger: `[name=attendance_ids] tr.o_data_row:contains("${person}") [name=status] .badge.text-bg-${
            { present: "success", late: "success", absent: "danger" }[status]
        }`,
    },
];

const opened = () => [
    ...deskLine("shora.session"),
    inState("invited"),
    button("action_open"),
    { trigger: ".modal .o_field_widget[name=presiding_ground] input[data-value=chair]:checked" },
    persian("who presides", ".modal"),
    button("action_confirm", ".modal"),
    inState("open"),
    persian("open session"),
];

const sat = (people) => [
    page("attendance"),
    ...people.present.flatMap((person) => mark("present", person)),
    ...mark("late", people.late),
    ...mark("absent", people.absent),
    persian("attendance"),
    page("agenda"),
    button("action_discuss", "[name=agenda_item_ids]"),
    { trigger: "[name=agenda_item_ids] .badge.text-bg-success" },
    page("resolutions"),
    { trigger: "[name=resolution_ids] .o_field_x2many_list_row_add a", run: "click" },
    { trigger: ".modal .o_field_widget[name=name] :is(input, textarea)", run: "edit برگزاری نشست سالانه" },
    {
        trigger: ".modal .o_field_widget[name=body] .odoo-editor-editable",
        run: "editor دبیرخانه نشست سالانه را برگزار کند.",
    },
    persian("resolution", ".modal"),
    { trigger: ".modal .o_form_button_save", run: "click" },
    { trigger: "body:not(:has(.modal))" },
    ...save,
    button("action_adopt", "[name=resolution_ids]"),
    ...confirm("adopt"),
    { trigger: "[name=resolution_ids] .badge.text-bg-success" },
    persian("resolutions"),
];

const closed = () => [
    button("action_hold"),
    inState("held"),
    persian("held session"),
    button("action_close"),
    ...confirm("close"),
    inState("closed"),
    persian("closed session"),
];

registry.category("web_tour.tours").add("shora_session_closed", {
    steps: () => [
        ...opened(),
        ...sat({
            present: ["دکتر مهرداد کیانی", "نیلوفر سعادت", "فرهاد امینی"],
            late: "شیرین رستمی",
            absent: "کاوه نادری",
        }),
        ...closed(),
    ],
});

registry.category("web_tour.tours").add("shora_minutes_forwarded", {
    steps: () => [
        ...deskLine("shora.session"),
        inState("closed"),
        button("action_minutes"),
        inState("draft"),
        persian("proceedings of the draft"),
        page("text"),
        {
            trigger: ".o_field_widget[name=text] .odoo-editor-editable",
            run: "editor گزارش دبیر شنیده و برنامهٔ سال تصویب شد.",
        },
        ...save,
        persian("minutes in draft"),
        pdf("action_print"),
        button("action_sign"),
        persian("signing", ".modal"),
        { trigger: ".modal .o_field_widget[name=password] input", run: "edit wrong" },
        button("action_confirm", ".modal"),
        { trigger: ".modal .alert-danger" },
        persian("signing, wrong password", ".modal"),
        { trigger: ".modal .o_field_widget[name=password] input", run: "edit tour_secretary" },
        button("action_confirm", ".modal"),
        { trigger: "body:not(:has(.modal))" },
        inState("signed"),
        page("seal"),
        { trigger: ".o_field_widget[name=content_sha256]:visible" },
        persian("signed minutes"),
        button("action_forward"),
        ...confirm("forward"),
        inState("forwarded"),
        persian("forwarded minutes"),
    ],
});

registry.category("web_tour.tours").add("shora_minutes_received", {
    steps: () => [
        persian("list of minutes"),
        { trigger: '.o_data_row:contains("شورای آزمون") .o_data_cell[name=session_id]', run: "click" },
        inState("forwarded"),
        { trigger: ".o_field_widget[name=covering_number]:visible" },
        persian("minutes at the Secretariat"),
        { trigger: ".o_form_view:not(:has(button[name=action_sign], button[name=action_forward]))" },
    ],
});
