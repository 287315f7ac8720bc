import { registry } from "@web/core/registry";
import { pdf } from "./pdf";
import { persian } from "./persian";
import { button, choose, confirm, inState, page, save, type, write } from "./screen";

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

/** The menu opens the guide in a window of its own, where a tour cannot follow. */
const backToGuide = [
    {
        trigger: ".o_menu_sections [data-menu-xmlid='shora_council.shora_guide_menu']",
        run: () => window.location.assign("/shora/guide/hr"),
        expectUnloadPage: true,
    },
    { trigger: GUIDE },
];

/** The letter came back with a number and a day of the office. */
const signed = (number) => [write("official_number", number), ...type("official_date", () => "امروز"), ...save];

const appointed = () => [
    guideLink("احکام شوراها"),
    persian("decrees"),
    { trigger: ".o_list_button_add", run: "click" },
    ...choose("council_id", "شورای آزمون"),
    ...choose("partner_id", "دکتر مهرداد کیانی"),
    ...type("date_from", () => "امروز"),
    ...choose("seat_id", "کرسی حقوق شهری"),
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
    ...signed("۲۰/۱۴۰۵"),
    button("action_issue"),
    ...confirm("issue"),
    inState("in_force"),
    persian("decree in force"),
    page("printed"),
    { trigger: ".o_field_widget[name=pdf_sha256]:visible" },
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
    { trigger: '.o_form_view .o_data_row:contains("عضو تمدیدی")' },
    persian("renewals together"),
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
    ...signed("۲۱/۱۴۰۵"),
    button("action_issue"),
    ...confirm("end"),
    inState("issued"),
    persian("decree that ends"),
];

registry.category("web_tour.tours").add("shora_hr_day", {
    steps: () => [{ trigger: GUIDE }, ...appointed(), ...renewed(), ...ended()],
});
