import { registry } from "@web/core/registry";
import { persian, foreignWords } from "./persian";

/** Every screen of the menus, as a list and as the form of its first record, read for words that are not Persian. */

const ACTIONS = [
    "shora_council_action",
    "shora_membership_action",
    "shora_session_action",
    "shora_agenda_item_action",
    "shora_resolution_action",
    "shora_notice_action",
    "shora_notice_recipient_action",
    "shora_minutes_action",
    "shora_minutes_addendum_action",
    "shora_decree_action",
    "shora_renewal_action",
    "shora_past_decree_action",
    "shora_finding_action",
    "shora_deemed_resignation_action",
    "shora_attendance_action",
    "shora_bylaw_action",
    "shora_seat_action",
    "shora_duty_action",
    "shora_theme_action",
    "shora_tendency_action",
    "shora_dossier_action",
    "shora_decision_time_action",
    "shora_joint_session_action",
    "shora_joint_theme_action",
    "shora_joint_push_action",
    "shora_joint_suggestion_action",
    "shora_substitute_action",
    "shora_council_body_action",
];

const SCREEN = ".o_action_manager";
const VIEW = `${SCREEN} :is(.o_list_renderer, .o_kanban_renderer)`;

async function until(found) {
    for (let tries = 0; tries < 100; tries++) {
        const element = found();
        if (element) {
            return element;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return null;
}

async function readScreen(action) {
    const { action: service } = odoo.__WOWL_DEBUG__.root.env.services;
    await service.doAction(`shora_council.${action}`, { clearBreadcrumbs: true });
    if (!(await until(() => document.querySelector(VIEW)))) {
        throw new Error(`${action} shows no list`);
    }
    const found = foreignWords(SCREEN).map((words) => `${action}: ${words}`);
    const row = document.querySelector(
        `${VIEW} :is(.o_data_row .o_data_cell:not(.o_list_button), .o_kanban_record:not(.o_kanban_ghost))`,
    );
    if (row) {
        row.click();
        await until(() => document.querySelector(`${SCREEN} .o_form_sheet, ${VIEW} .o_selected_row`));
        found.push(...foreignWords(SCREEN).map((words) => `record of ${action}: ${words}`));
    }
    return found;
}

registry.category("web_tour.tours").add("shora_every_screen", {
    steps: () => {
        const found = [];
        return [
            persian("desk", ".o_shora_desk"),
            ...ACTIONS.map((action) => ({
                content: `list and form of ${action}`,
                trigger: SCREEN,
                run: async () => found.push(...(await readScreen(action))),
            })),
            {
                content: "nothing but Persian was found",
                trigger: SCREEN,
                run() {
                    if (found.length) {
                        throw new Error(`Not Persian:\n${found.join("\n")}`);
                    }
                },
            },
        ];
    },
});
