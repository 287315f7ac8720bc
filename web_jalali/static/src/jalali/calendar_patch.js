import { onWillStart } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { patch } from "@web/core/utils/patch";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarYearRenderer } from "@web/views/calendar/calendar_year/calendar_year_renderer";
import { persianDigits } from "@web_jalali/jalali/arithmetic";
import { brand, jalaliParts, unbrand } from "@web_jalali/jalali/brand";
import { patchFullCalendar } from "@web_jalali/jalali/fullcalendar_patch";

const SEAMS = [
    [CalendarModel, ["computeRange"]],
    [CalendarController, ["setDate"]],
    [CalendarCommonRenderer, ["setup", "headerTemplateProps"]],
    [CalendarYearRenderer, ["setup", "getDateWithMonth"]],
];

function lostSeams() {
    return SEAMS.flatMap(([owner, names]) =>
        names.filter((name) => typeof owner.prototype[name] !== "function").map((name) => `${owner.name}.${name}`)
    );
}

/** Number of the week in its Jalali year, from the week of 1 Farvardin on. */
function jalaliWeek(date, weekStart) {
    const newYear = brand(date).startOf("year");
    const days = Math.round(unbrand(date).startOf("day").diff(unbrand(newYear), "days").days);
    return Math.floor((days + ((newYear.weekday - weekStart + 7) % 7)) / 7) + 1;
}

const MODEL = {
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
};

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

/** The library is loaded on demand, before the first render. */
function patchLibrary() {
    onWillStart(async () => {
        await loadBundle("web.fullcalendar_lib");
        patchFullCalendar();
    });
}

const COMMON_RENDERER = {
    setup() {
        super.setup();
        patchLibrary();
    },
    get options() {
        // The weeks of the Gregorian year say nothing beside Jalali days; elsewhere their column holds the hours.
        return { ...super.options, weekNumbers: this.props.model.scale !== "month" };
    },
    headerTemplateProps(date) {
        const props = super.headerTemplateProps(date);
        // The month's header names weekdays alone, of dates kept in another zone.
        const weekdaysOnly = this.props.model.scale === "month";
        return weekdaysOnly ? props : { ...props, day: luxon.DateTime.fromJSDate(date).toFormat("d") };
    },
};

const YEAR_RENDERER = {
    setup() {
        super.setup();
        patchLibrary();
    },
    get options() {
        return { ...super.options, titleFormat: "MMMM yyyy" };
    },
    getDateWithMonth(month) {
        const first = brand(this.props.model.date).set({ month: this.months.indexOf(month) + 1, day: 1 });
        return first.toISO();
    },
};

/** Calendar views page by Jalali months and years, and say so in their headers. */
export function patchCalendar() {
    const lost = lostSeams();
    if (lost.length) {
        console.info(`Calendar views stay Gregorian: there is no ${lost.join(", ")}`);
        return false;
    }
    patch(CalendarModel.prototype, MODEL);
    patch(CalendarController.prototype, CONTROLLER);
    patch(CalendarCommonRenderer.prototype, COMMON_RENDERER);
    patch(CalendarYearRenderer.prototype, YEAR_RENDERER);
    return true;
}
