import { registry } from "@web/core/registry";

const HEADER = ".o_calendar_header h5";
const day = (date) => `.o_calendar_widget .fc-daygrid-day[data-date='${date}']`;
const event = (date, name) => `${day(date)} .o_event:contains(${name})`;

const drop = (date) => (helpers) =>
    helpers.drag_and_drop(day(date), { position: { top: 30, left: 30 }, relative: true });

/** The end of the leap year 1403 in a calendar: 30 Esfand was 20 March 2025. */
registry.category("web_tour.tours").add("web_jalali_year_end", {
    steps: () => [
        { trigger: `${HEADER}:contains("اسفند ۱۴۰۳")` },
        { trigger: ".o_calendar_header .dropdown-toggle", run: "click" },
        { trigger: ".o_scale_button_month", run: "click" },
        { content: "the page of the last month", trigger: `${HEADER}:contains("اسفند ۱۴۰۳")` },
        { content: "which has thirty days", trigger: `${day("2025-03-20")} .fc-daygrid-day-number:contains(۳۰)` },
        { trigger: event("2025-03-19", "Dragged"), run: drop("2025-03-20") },
        { trigger: event("2025-03-20", "Dragged") },
        { trigger: ".o_calendar_button_next", run: "click" },
        { content: "the first month of the next year", trigger: `${HEADER}:contains("فروردین ۱۴۰۴")` },
        { trigger: `${day("2025-03-21")} .fc-daygrid-day-number:contains(۱)` },
        { trigger: event("2025-03-20", "Dragged"), run: drop("2025-03-21") },
        { trigger: event("2025-03-21", "Dragged") },
        { trigger: `${day("2025-03-24")} .fc-daygrid-day-number`, run: "click" },
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit Clicked" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: event("2025-03-24", "Clicked") },
        { content: "the side picker is on the month", trigger: `.o_datetime_picker_header:contains("فروردین ۱۴۰۴")` },
        { trigger: ".o_calendar_sidebar .o_date_item_cell:not(.o_out_of_range):contains(۳۱)", run: "click" },
        { content: "the week of 31 Farvardin", trigger: `${HEADER}:contains("اردیبهشت ۱۴۰۴")` },
    ],
});

const type = (text) => [
    { trigger: ".o_form_view [data-field=start]", run: "click" },
    { trigger: ".o_form_view input[data-field=start]", run: `edit ${text}` },
    { trigger: ".o_form_view input[data-field=start]", run: "press Enter" },
];
const pick = (label) => ({
    trigger: `.o_datetime_picker .o_date_item_cell:not(.o_out_of_range):contains(/^${label}$/)`,
    run: "click",
});

/** Typed and picked over the end of the leap year 1408: 30 Esfand is 20 March 2030. */
registry.category("web_tour.tours").add("web_jalali_typed_and_picked", {
    steps: () => [
        ...type("۱۴۰۸/۱۲/۳۰ ۱۰:۰۰:۰۰"),
        { trigger: `.o_form_view [data-field=start]:contains("۳۰ اسفند ۱۴۰۸")` },
        ...type("1409/12/30 10:00:00"),
        { content: "1409 has no such day", trigger: `.o_form_view [data-field=start]:contains("۳۰ اسفند ۱۴۰۸")` },
        ...type("٣٠ اسفند ١٤٠٩ ١٠:٠٠"),
        { content: "nor in words", trigger: `.o_form_view [data-field=start]:contains("۳۰ اسفند ۱۴۰۸")` },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_view .o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
        { trigger: ".o_form_view [data-field=start]", run: "click" },
        { trigger: `.o_datetime_picker_header:contains("اسفند ۱۴۰۸")` },
        { trigger: ".o_datetime_picker .o_next", run: "click" },
        { trigger: `.o_datetime_picker_header:contains("فروردین ۱۴۰۹")` },
        { content: "the first day", ...pick("۲") },
        { content: "the last day", ...pick("۳") },
        { trigger: ".o_datetime_picker .o_datetime_buttons .btn-primary", run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_view .o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});

/** Groups of a list by month, over the end of 1403, as the server makes them. */
registry.category("web_tour.tours").add("web_jalali_grouped", {
    steps: () => [
        { trigger: `.o_group_header:contains("اسفند ۱۴۰۳ (۲)")` },
        { trigger: `.o_group_header:contains("فروردین ۱۴۰۴ (۱)")`, run: "click" },
        { trigger: `.o_data_row:contains(First day of 1404)` },
        { trigger: ".o_data_row:not(:contains(Last day of 1403))" },
    ],
});
