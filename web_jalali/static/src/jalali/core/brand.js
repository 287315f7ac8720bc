/**
 * Luxon dates that count in Jalali years and months. A branded date is the same moment with other getters and
 * arithmetic, so that Odoo's own code (pickers, calendar ranges, date filters) computes Jalali periods unchanged.
 * The brand lives in the prototype of the one object: luxon itself and every other date stay as they are, and
 * text and wire formats of a branded date are those of the plain one.
 */
import { MONTHS, daysInMonth, fromJalali, toJalali } from "@web_jalali/jalali/core/arithmetic";

const { DateTime, Duration } = luxon;
const stock = DateTime.prototype;

const [readYear, readMonth, readDay] = ["year", "month", "day"].map(
    (name) => Object.getOwnPropertyDescriptor(stock, name).get
);

/** Jalali parts of a luxon date, branded or not. */
export function jalaliParts(date) {
    return toJalali({ year: readYear.call(date), month: readMonth.call(date), day: readDay.call(date) });
}

export function isBranded(date) {
    return Boolean(date) && date instanceof DateTime && Object.getPrototypeOf(date) !== stock;
}

export function brand(date) {
    return date?.isValid ? Object.assign(Object.create(branded), stock.reconfigure.call(date, {})) : date;
}

export function unbrand(date) {
    return isBranded(date) ? stock.reconfigure.call(date, {}) : date;
}

/** Gregorian parts of a Jalali month whose number may overflow; the day is cut to the month's length. */
function gregorianParts({ year, month, day }) {
    const shifted = year + Math.floor((month - 1) / 12);
    const within = month - 12 * (shifted - year);
    return fromJalali({ year: shifted, month: within, day: Math.min(day, daysInMonth(shifted, within)) });
}

/** `values` of luxon's `set`, keys in the singular. */
function singular(values) {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key.replace(/s$/, ""), value]));
}

const METHODS = {
    set(values) {
        const { year, quarter, month, day, ...rest } = singular(values);
        const plain = unbrand(this);
        if ([year, quarter, month, day].every((value) => value === undefined)) {
            return brand(plain.set(rest));
        }
        const parts = jalaliParts(this);
        const target = {
            year: year ?? parts.year,
            month: month ?? (quarter ? 3 * quarter - 2 : parts.month),
            // A day beyond the month runs over into the next one, as luxon's does.
            day: day === undefined ? parts.day : 1,
        };
        const moved = plain.set({ ...gregorianParts(target), ...rest });
        return brand(day === undefined ? moved : moved.plus({ days: day - 1 }));
    },
    plus(duration) {
        const given = Duration.fromDurationLike(duration);
        const { years = 0, quarters = 0, months = 0, ...rest } = given.toObject();
        const count = 12 * years + 3 * quarters + months;
        const parts = jalaliParts(this);
        const plain = unbrand(this);
        const moved = count ? plain.set(gregorianParts({ ...parts, month: parts.month + count })) : plain;
        return brand(moved.plus(rest));
    },
    minus(duration) {
        return this.plus(Duration.fromDurationLike(duration).negate());
    },
    setZone(...args) {
        return brand(stock.setZone.apply(this, args));
    },
    reconfigure(...args) {
        return brand(stock.reconfigure.apply(this, args));
    },
};

/** What leaves as text is the text of the plain date; the wire stays Gregorian. */
const TEXTS = [
    "toFormat",
    "toLocaleString",
    "toLocaleParts",
    "toISO",
    "toISODate",
    "toISOTime",
    "toSQL",
    "toSQLDate",
    "toSQLTime",
    "toRFC2822",
    "toHTTP",
    "toJSON",
    "toString",
];
for (const name of TEXTS) {
    METHODS[name] = function (...args) {
        return unbrand(this)[name](...args);
    };
}

const GETTERS = {
    year: ({ year }) => year,
    quarter: ({ month }) => Math.ceil(month / 3),
    month: ({ month }) => month,
    day: ({ day }) => day,
    daysInMonth: ({ year, month }) => daysInMonth(year, month),
    monthLong: ({ month }) => MONTHS[month - 1],
    monthShort: ({ month }) => MONTHS[month - 1],
};

const branded = Object.create(stock);
for (const [name, value] of Object.entries(METHODS)) {
    Object.defineProperty(branded, name, { value, configurable: true, writable: true });
}
for (const [name, read] of Object.entries(GETTERS)) {
    Object.defineProperty(branded, name, {
        configurable: true,
        get() {
            return read(jalaliParts(this));
        },
    });
}
