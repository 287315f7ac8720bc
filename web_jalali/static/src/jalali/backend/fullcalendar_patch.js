import { fromJalali, toJalali } from "@web_jalali/jalali/core/arithmetic";
import { lostSeams } from "@web_jalali/jalali/core/canary";

const DAY = 86400000;
const PATCHED = Symbol("web_jalali");
const METHODS = [
    "getYear",
    "getMonth",
    "getDay",
    "add",
    "subtract",
    "addYears",
    "addMonths",
    "diffWholeYears",
    "diffWholeMonths",
    "startOfYear",
    "startOfMonth",
];

/** The days that «hide the weekend» hides, as FullCalendar counts them: Thursday and Friday, or none. */
export const REST_DAYS = [4, 5];
export const NO_DAYS = [];

/** Jalali parts of a marker, FullCalendar's date: local wall-clock time kept in UTC. */
function markerParts(marker) {
    return toJalali({
        year: marker.getUTCFullYear(),
        month: marker.getUTCMonth() + 1,
        day: marker.getUTCDate(),
    });
}

/** FullCalendar's calendar system in Jalali; months count from 0, parts of an array may overflow. */
export const persian = {
    getMarkerYear: (marker) => markerParts(marker).year,
    getMarkerMonth: (marker) => markerParts(marker).month - 1,
    getMarkerDay: (marker) => markerParts(marker).day,
    markerToArray(marker) {
        const { year, month, day } = markerParts(marker);
        const time = [marker.getUTCHours(), marker.getUTCMinutes(), marker.getUTCSeconds()];
        return [year, month - 1, day, ...time, marker.getUTCMilliseconds()];
    },
    arrayToMarker([year, month = 0, day = 1, hours = 0, minutes = 0, seconds = 0, milliseconds = 0]) {
        const shift = Math.floor(month / 12);
        const first = fromJalali({ year: year + shift, month: month - 12 * shift + 1, day: 1 });
        const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
        return new Date(Date.UTC(first.year, first.month - 1, first.day) + (day - 1) * DAY + time);
    },
};

/**
 * Month and year pages of FullCalendar become Jalali ones. Only these methods see the Jalali calendar system:
 * its formatters read the Gregorian one. The library is loaded on demand, so call this after it is.
 *
 * @returns {boolean} false, with nothing done, where the library has lost a seam
 */
export function patchFullCalendar() {
    const env = globalThis.FullCalendar?.Internal?.DateEnv?.prototype;
    const calendar = globalThis.FullCalendar?.Calendar?.prototype;
    const lost = lostSeams([
        ["FullCalendar.Internal.DateEnv", env, METHODS],
        ["FullCalendar.Calendar", calendar, ["setOption"]],
    ]);
    if (lost.length) {
        console.info(`Calendar views stay Gregorian: there is no ${lost.join(", ")}`);
        return false;
    }
    if (env[PATCHED]) {
        return true;
    }
    for (const name of METHODS) {
        const stock = env[name];
        env[name] = function (...args) {
            return stock.apply(Object.create(this, { calendarSystem: { value: persian } }), args);
        };
    }
    const { setOption } = calendar;
    calendar.setOption = function (name, value) {
        // The library's weekend is Saturday and Sunday.
        return name === "weekends"
            ? setOption.call(this, "hiddenDays", value ? NO_DAYS : REST_DAYS)
            : setOption.call(this, name, value);
    };
    env[PATCHED] = true;
    return true;
}
