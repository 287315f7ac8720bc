/** What a person does on any form of ours; buttons and fields are found by their names. */

import { persian } from "./persian";

export const button = (name, within = ".o_form_statusbar") => ({
    content: `button ${name}`,
    trigger: `${within} button[name=${name}]:enabled`,
    run: "click",
});

export const confirm = (station) => [
    persian(`${station}, asked again`, ".modal"),
    { content: `${station}: yes`, trigger: ".modal .modal-footer .btn-primary", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];

export const inState = (state) => ({
    content: `the record is ${state}`,
    trigger: `.o_form_statusbar [name=state] .o_arrow_button_current[data-value=${state}]`,
});

export const page = (name) => ({ trigger: `.o_notebook .nav-link[name=${name}]`, run: "click" });

export const write = (field, text) => ({
    content: `${field}: ${text}`,
    trigger: `.o_field_widget[name=${field}] :is(input, textarea)`,
    run: `edit ${text}`,
});

export const choose = (field, text, within = "") => [
    { trigger: `${within} .o_field_widget[name=${field}] input`, run: `edit ${text}` },
    {
        trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains("${text}")`,
        run: "click",
    },
];

export const save = [
    { trigger: ".o_form_button_save:visible", run: "click" },
    { trigger: ".o_form_view:not(:has(.o_form_button_save:visible))" },
];

/** A moment typed as a Persian types it; `moment` gives a luxon DateTime, or the text itself. */
export const type = (field, moment, within = "") => [
    { trigger: `${within} .o_field_widget[name=${field}] [data-field=${field}]`, run: "click" },
    {
        trigger: `${within} .o_field_widget[name=${field}] input[data-field=${field}]`,
        run: ({ edit }) => {
            const value = moment();
            return edit(typeof value === "string" ? value : value.toFormat("yyyy/MM/dd HH:mm:ss"));
        },
    },
    { trigger: `${within} .o_field_widget[name=${field}] input[data-field=${field}]`, run: "press Enter" },
];
