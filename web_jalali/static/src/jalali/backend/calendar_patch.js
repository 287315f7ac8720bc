import { loadBundle } from "@web/core/assets";
import { patch } from "@web/core/utils/patch";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";
import { NO_DAYS, REST_DAYS, patchFullCalendar } from "@web_jalali/jalali/backend/fullcalendar_patch";
import { HOLIDAY_MODEL, holidayRenderer } from "@web_jalali/jalali/backend/holidays";
import { persianDigits } from "@web_jalali/jalali/core/arithmetic";
import { brand, jalaliParts, unbrand } from "@web_jalali/jalali/core/brand";

const RENDERER = ["setup", "options", "mapRecordsToEvents", "getDayCellClassNames", "eventClassNames"];

export const CALENDAR_SEAMS = [
    ["CalendarModel", CalendarModel.prototype, ["setup", "load", "computeRange", "updateData"]],
    ["CalendarController", CalendarController.prototype, ["setDate", "dayHeader", "weekHeader", "currentMonth"]],
    ["CalendarController", CalendarController.prototype, ["currentWeek", "currentDate"]],
    ["CalendarCommonRenderer", CalendarCommonRenderer.prototype, [...RENDERER, "headerTemplateProps"]],
    ["CalendarYearRenderer", CalendarYearRenderer.prototype, [...RENDERER, "getDateWithMonth"]],
];

/** Number of the week in its Jalali year, from the week of 1 Farvardin on. */
export function jalaliWeek(date, weekStart) {
    const newYear = brand(date).startOf("year");
    const days = Math.round(unbrand(date).startOf("day").diff(unbrand(newYear), "days").days);
    return Math.floor((days + ((newYear.weekday - weekStart + 7) % 7)) / 7) + 1;
}

const CONTROLLER = {
    async setDate(move) {
        const { scale, date } = this.model;
        if (!["month", "year"].includes(scale) || !["next", "previous"].includes(move)) {
            return super.setDate(move);
        }
        const target = brand(date)[move === "next" ? "plus" : "minus"]({ [scale]: 1 });
        await this.model.load({ date: unbrand(target) });
    },
    get dayHeader() {
        return this.date.toFormat("d MMMM yyyy");
    },
    get weekHeader() {
        const { rangeStart, rangeEnd } = this.model;
        const [first, last] = [jalaliParts(rangeStart), jalaliParts(rangeEnd)];
        if (first.year !== last.year) {
            return `${rangeStart.toFormat("MMMM yyyy")} - ${rangeEnd.toFormat("MMMM yyyy")}`;
        }
        const end = rangeEnd.toFormat("MMMM yyyy");
        return first.month === last.month ? end : `${rangeStart.toFormat("MMMM")} - ${end}`;
    },
    get currentMonth() {
        return this.date.toFormat("MMMM yyyy");
    },
    get currentDate() {
        // Small screens only; elsewhere the stock text is empty.
        return super.currentDate && ` - ${this.date.toFormat("MMMM yyyy")}`;
    },
    get currentWeek() {
        return persianDigits(jalaliWeek(this.model.rangeStart, this.model.firstDayOfWeek));
    },
};

/** Options of the library that differ; `options` are the stock ones. */
function libraryOptions(renderer, options) {
    return {
        ...options,
        weekends: true,
        hiddenDays: renderer.props.isWeekendVisible === false ? REST_DAYS : NO_DAYS,
    };
}

const COMMON_RENDERER = {
    get options() {
        return {
            ...libraryOptions(this, super.options),
            // The weeks of the Gregorian year say nothing beside Jalali days; elsewhere their column holds the hours.
            weekNumbers: this.props.model.scale !== "month",
        };
    },
    headerTemplateProps(date) {
        const props = super.headerTemplateProps(date);
        // The month's header names weekdays alone, of dates kept in another zone.
        const weekdaysOnly = this.props.model.scale === "month";
        return weekdaysOnly ? props : { ...props, day: luxon.DateTime.fromJSDate(date).toFormat("d") };
    },
};

const YEAR_RENDERER = {
    get options() {
        return { ...libraryOptions(this, super.options), titleFormat: "MMMM yyyy" };
    },
    getDateWithMonth(month) {
        const first = brand(this.props.model.date).set({ month: this.months.indexOf(month) + 1, day: 1 });
        return first.toISO();
    },
};

/**
 * Calendar views page by Jalali months and years, say so in their headers, and know the days off.
 *
 * @returns {() => void} what takes the patches away again
 */
export function patchCalendar() {
    let undo = [];
    const restore = () => {
        undo.reverse().forEach((unpatch) => unpatch());
        undo = [];
    };
    let library;
    /** The library comes on demand; where it has lost its seams the views stay Gregorian as a whole. */
    const ensureLibrary = () => {
        library ??= loadBundle("web.fullcalendar_lib").then(() => patchFullCalendar() || restore());
        return library;
    };
    undo.push(
        patch(CalendarModel.prototype, HOLIDAY_MODEL),
        patch(CalendarModel.prototype, {
            async load() {
                await ensureLibrary();
                return super.load(...arguments);
            },
            computeRange() {
                const { date } = this.meta;
                this.meta.date = brand(date);
                try {
                    const { start, end } = super.computeRange();
                    return { start: unbrand(start), end: unbrand(end) };
                } finally {
                    this.meta.date = date;
                }
            },
        }),
        patch(CalendarController.prototype, CONTROLLER),
        patch(CalendarCommonRenderer.prototype, COMMON_RENDERER),
        patch(CalendarCommonRenderer.prototype, holidayRenderer()),
        patch(CalendarYearRenderer.prototype, YEAR_RENDERER),
        patch(CalendarYearRenderer.prototype, holidayRenderer())
    );
    return restore;
}
