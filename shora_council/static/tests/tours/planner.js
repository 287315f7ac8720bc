import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";
import { persian } from "./persian";

/**
 * The secretary plans the next Jalali year: from the council to the proposed days, one day taken out, the sessions
 * created; then the same sessions as cards and in the calendar. And the order of an agenda by drag.
 */

const persianYear = new Intl.DateTimeFormat("en-u-ca-persian", { year: "numeric", timeZone: "Asia/Tehran" });
const persianDigits = (number) => String(number).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
const thisYear = () => parseInt(persianYear.format(new Date()));
const year = () => persianDigits(thisYear() + 1);

const SWITCH = ".o_control_panel .o_cp_switch_buttons";
const item = (name) => `[name=agenda_item_ids] tr.o_data_row:contains("${name}")`;

registry.category("web_tour.tours").add("shora_year_planned", {
    steps: () => [
        { trigger: ".o_form_view button[name=action_plan_year]", run: "click" },
        { trigger: `.o_field_widget[name=year] input:value(/^۱[۰-۹]{3}$/)` },
        { content: "in Persian digits", trigger: ".o_field_widget[name=year] input", run: `edit ${year()}` },
        { trigger: ".o_form_statusbar button[name=action_propose]:enabled", run: "click" },
        { content: "no separator, no Latin digit", trigger: `.o_field_widget[name=year] input:value(/^${year()}$/)` },
        { trigger: `[name=line_ids] tr.o_data_row:contains("${year()}")` },
        persian("proposed days"),
        {
            content: "the first day is taken out of the plan",
            trigger: "[name=line_ids] tr.o_data_row:first .o_list_record_remove button",
            run: "click",
        },
        { trigger: ".o_form_statusbar button[name=action_create]:enabled", run: "click" },
        { trigger: `.o_list_view tr.o_data_row:contains("${year()}")` },
        persian("planned sessions"),
        { trigger: `${SWITCH} .o_kanban`, run: "click" },
        { trigger: `.o_kanban_view .o_kanban_record:contains("${year()}")` },
        persian("sessions as cards"),
        { trigger: `${SWITCH} .o_calendar`, run: "click" },
        { trigger: ".o_calendar_view .fc-view" },
        persian("sessions in the calendar"),
    ],
});

registry.category("web_tour.tours").add("shora_agenda_dragged", {
    steps: () => [
        { trigger: ".o_notebook .nav-link[name=agenda]", run: "click" },
        { trigger: `${item("موضوع دوم")} .o_row_handle`, run: `drag_and_drop ${item("موضوع نخست")}` },
        { trigger: '[name=agenda_item_ids] tr.o_data_row:first:contains("موضوع دوم")' },
        ...stepUtils.saveForm(),
        persian("agenda"),
    ],
});
