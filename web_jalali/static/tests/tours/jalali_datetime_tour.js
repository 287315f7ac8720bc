import { registry } from "@web/core/registry";

const type = (text) => [
    { trigger: ".o_form_view [data-field=start]", run: "click" },
    { trigger: ".o_form_view input[data-field=start]", run: `edit ${text}` },
    { trigger: ".o_form_view input[data-field=start]", run: "press Enter" },
];

registry.category("web_tour.tours").add("web_jalali_datetime", {
    steps: () => [
        { trigger: '.o_form_view [data-field=start]:contains("۲ آذر")', run: "click" },
        { content: "the pop-up is on the Jalali month", trigger: '.o_datetime_picker .o_header_part:contains("آذر ۱۴۰۵")' },
        ...type("۱۴۰۵/۱۰/۰۵ ۰۹:۳۰:۰۰"),
        ...type("1404/12/30 10:00:00"),
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_view .o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});
