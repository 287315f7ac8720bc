import { fromJalali, toJalali } from "@web_jalali/jalali/arithmetic";

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

/** Jalali parts of a marker, FullCalendar's date: local wall-clock time kept in UTC. */
function markerParts(marker) {
    return toJalali({
        year: marker.getUTCFullYear(),
        month: marker.getUTCMonth() + 1,
        day: marker.getUTCDate(),
    });
}

/** FullCalendar's calendar system in Jalali; months count from 0, parts of an array may overflow. */
const persian = {
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
    const proto = globalThis.FullCalendar?.Internal?.DateEnv?.prototype;
    const missing = METHODS.filter((name) => typeof proto?.[name] !== "function");
    if (missing.length) {
        console.info(`The calendar grid stays Gregorian: FullCalendar has no ${missing.join(", ")}`);
        return false;
    }
    if (proto[PATCHED]) {
        return true;
    }
    for (const name of METHODS) {
        const stock = proto[name];
        proto[name] = function (...args) {
            return stock.apply(Object.create(this, { calendarSystem: { value: persian } }), args);
        };
    }
    proto[PATCHED] = true;
    return true;
}
