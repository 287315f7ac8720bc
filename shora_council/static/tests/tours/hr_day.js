import { registry } from "@web/core/registry";
import { pdf } from "./pdf";
import { persian } from "./persian";
import { button, choose, confirm, inState, page, save, write } from "./screen";

/**
 * An officer of HR follows the guide of HR: an expert's decree from the draft to the portal, a renewal out of the list
 * of the week, the end of a membership. Each part begins at the guide, by the link that its sentence has.
 */

const GUIDE = ".o_shora_guide";

const guideLink = (menu) => ({
    content: `the guide leads to ${menu}`,
    trigger: `${GUIDE} a.o_shora_mark_menu:contains("${menu}")`,
    run: "click",
    expectUnloadPage: true,
});

const backToGuide = [
    { trigger: ".o_menu_sections [data-menu-xmlid='shora_council.hr_shora_menu']", run: "click" },
    {
        trigger: "[data-menu-xmlid='shora_council.hr_shora_guide_menu']",
        run: "click",
        expectUnloadPage: true,
    },
    { trigger: GUIDE },
];

const appointed = () => [
    guideLink("احکام شوراها"),
    persian("decrees"),
    { trigger: ".o_list_button_add", run: "click" },
    ...choose("council_id", "شورای آزمون"),
    ...choose("seat_id", "کرسی ۸"),
    ...choose("partner_id", "دکتر مهرداد کیانی"),
    write("proposal_note", "۱۰/۲"),
    page("expertise"),
    write("academic_rank", "استاد"),
    write("field_of_study", "حقوق شهری"),
    ...save,
    inState("draft"),
    persian("decree in draft"),
    pdf("action_print"),
    button("action_propose"),
    inState("proposed"),
    button("action_issue"),
    ...confirm("issue"),
    inState("in_force"),
    persian("decree in force"),
    pdf("action_print"),
    { trigger: ".o_field_widget[name=membership_id] a", run: "click" },
    inState("current"),
    persian("membership"),
    button("action_give_access"),
    { trigger: ".o_form_view:not(:has(button[name=action_give_access]))" },
];

const renewed = () => [
    ...backToGuide,
    guideLink("تمدید"),
    persian("renewals of the week"),
    {
        trigger: '.o_data_row:contains("عضو تمدیدی") button[name=action_propose_renewal]',
        run: "click",
    },
    { trigger: ".modal .o_form_view" },
    persian("renewals together", ".modal"),
    { trigger: '.modal .o_data_row:contains("عضو تمدیدی")' },
    { trigger: ".modal .btn-close", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];

const ended = () => [
    ...backToGuide,
    guideLink("احکام شوراها"),
    { trigger: '.o_data_row:contains("دکتر مهرداد کیانی") .o_data_cell[name=seat_id]', run: "click" },
    inState("in_force"),
    button("action_end"),
    { trigger: ".o_field_widget[name=end_ground]" },
    persian("end of a membership"),
    button("action_propose"),
    inState("proposed"),
    button("action_issue"),
    ...confirm("end"),
    inState("issued"),
    persian("decree that ends"),
];

registry.category("web_tour.tours").add("shora_hr_day", {
    steps: () => [{ trigger: GUIDE }, ...appointed(), ...renewed(), ...ended()],
});
