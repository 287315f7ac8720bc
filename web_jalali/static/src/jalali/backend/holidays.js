/** Days off in calendar views: the weekly rest is shaded, a public holiday is marked and named. */
import { serializeDateTime } from "@web/core/l10n/dates";
import { Cache } from "@web/core/utils/cache";

const PREFIX = "jalali-holiday-";

export const HOLIDAY_MODEL = {
    setup() {
        super.setup(...arguments);
        this.data.holidays = {};
        this._daysOffCache = new Cache(
            ({ range }) => this.fetchDaysOff(range),
            ({ range }) => `${serializeDateTime(range.start)},${serializeDateTime(range.end)}`
        );
    },
    /** {rest: [day], holidays: {day: name}, is_assumed}; days as in 2026-11-26. */
    fetchDaysOff({ start, end }) {
        return this.orm.call("resource.calendar", "get_days_off", [serializeDateTime(start), serializeDateTime(end)]);
    },
    async updateData(data) {
        const daysOff = this._daysOffCache.read({ range: this.computeRange() });
        await super.updateData(data);
        const { rest, holidays, is_assumed } = await daysOff;
        data.holidays = holidays;
        // The view's own days are those of the person; of a company that has chosen no week they say nothing.
        if (!this.meta.showUnusualDays || is_assumed) {
            data.unusualDays = rest;
        }
    },
};

export function holidayRenderer() {
    return {
        get options() {
            return { ...super.options, dayCellDidMount: this.onDayCellDidMount };
        },
        holidayOf(date) {
            return this.props.model.data.holidays?.[luxon.DateTime.fromJSDate(date).toISODate()];
        },
        getDayCellClassNames(info) {
            const names = super.getDayCellClassNames(info);
            return this.holidayOf(info.date) ? [...names, "o_jalali_holiday"] : names;
        },
        onDayCellDidMount({ el, date }) {
            const name = this.holidayOf(date);
            if (name) {
                el.title = name;
            }
        },
        mapRecordsToEvents() {
            const holidays = Object.entries(this.props.model.data.holidays || {}).map(([day, title]) => ({
                id: PREFIX + day,
                title,
                start: day,
                allDay: true,
                display: "background",
                editable: false,
            }));
            return [...holidays, ...super.mapRecordsToEvents()];
        },
        eventClassNames(info) {
            const isHoliday = String(info.event.id).startsWith(PREFIX);
            return isHoliday ? ["o_jalali_holiday_name"] : super.eventClassNames(info);
        },
    };
}
