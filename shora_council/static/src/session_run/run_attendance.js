import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { digits, latin } from "./digits";

/** Everybody on the roll with one-tap marks, and those who came beside the members (4 notes 3 and 4). */
export class RunAttendance extends Component {
    static template = "shora_council.RunAttendance";
    static props = { run: Object, act: Function };

    setup() {
        this.orm = useService("orm");
        this.digits = digits;
        this.statuses = [
            { key: "present", label: _t("Present"), on: "btn-success", off: "btn-outline-success" },
            { key: "late", label: _t("Late"), on: "btn-info", off: "btn-outline-info" },
            { key: "absent", label: _t("Absent"), on: "btn-danger", off: "btn-outline-danger" },
            { key: "excused", label: _t("With excuse"), on: "btn-warning", off: "btn-outline-warning" },
        ];
        this.state = useState({ adding: null, name: "", note: "", found: [] });
        this.search = useDebounced(() => this.find(), 250);
    }

    get counts() {
        const { members } = this.props.run;
        const count = (...statuses) => members.filter((row) => statuses.includes(row.status)).length;
        return {
            present: count("present", "late"),
            absent: count("absent", "excused"),
            unmarked: count("unmarked"),
        };
    }

    isThere(row) {
        return ["present", "late"].includes(row.status);
    }

    mark(row, values) {
        const { status, arrived_at, left_at, note, by_video } = row;
        const seen = { status, arrived_at, left_at, note, by_video };
        return this.props.act("shora.attendance", "mark", [[row.id], values, seen]);
    }

    tap(row, status) {
        if (row.status !== status) {
            this.mark(row, { status });
        }
    }

    toggleVideo(row) {
        this.mark(row, { by_video: !row.by_video });
    }

    async setHour(row, name, input) {
        const hour = latin(input.value);
        if (hour !== row[name] && !(await this.mark(row, { [name]: hour }))) {
            input.value = digits(row[name]);
        }
    }

    // --- guests, and those present who are no members ---

    startAdding(kind) {
        Object.assign(this.state, { adding: this.state.adding === kind ? null : kind, name: "", note: "", found: [] });
    }

    async find() {
        this.state.found = await this.orm.silent.call("shora.session", "find_people", [
            [this.props.run.session.id],
            this.state.name,
        ]);
    }

    get stranger() {
        // whole in one sentence: its quotation marks are those of the reader's language
        return _t("“%s”, not in the address book", this.state.name);
    }

    async add({ partner_id = null, name = null, kind = this.state.adding }) {
        const args = [[this.props.run.session.id], kind, partner_id, name, this.state.note || null];
        if (await this.props.act("shora.session", "add_present", args)) {
            Object.assign(this.state, { adding: null, name: "", note: "", found: [] });
        }
    }
}
