/**
 * Every date of the web client goes through luxon: shown by `toFormat` and `toLocaleString`, typed through
 * `fromFormat`. These are the seams; wire formats (Latin numbering system, or ISO patterns) pass through untouched.
 * Inactive, nothing here is installed at all.
 */
import { latinDigits, persianDigits } from "@web_jalali/jalali/arithmetic";
import { jalaliParts } from "@web_jalali/jalali/brand";
import { GREGORIAN_FROM, jalaliText, typedDate } from "@web_jalali/jalali/text";

const { DateTime } = luxon;

const METHODS = ["toFormat", "toLocaleString", "toObject", "reconfigure", "setZone", "set", "plus", "minus"];
const STATICS = ["fromFormat", "fromISO", "fromSQL", "fromObject", "invalid"];
// Patterns of text that machines read or that names a file.
const WIRE = /^(yyyy-(MM|LL)-dd|HHmmddMMyyyy)/;

const isWire = (format, options) => Boolean(options?.numberingSystem) || WIRE.test(format);
const refused = (text) => DateTime.invalid("unit out of range", `${text} is no Jalali date`);

function displayPatch({ toFormat, toLocaleString }) {
    return {
        toFormat(format, options) {
            if (!this.isValid || isWire(format, options)) {
                return toFormat.call(this, format, { numberingSystem: "latn", ...options });
            }
            return jalaliText(this, format, (token) => toFormat.call(this, token, options));
        },
        toLocaleString(format = DateTime.DATE_SHORT, options = {}) {
            if (!this.isValid || options.numberingSystem) {
                return toLocaleString.call(this, format, options);
            }
            const wanted = { ...format };
            // The client leaves out the year by comparing Gregorian ones, wrongly from Dey to Esfand.
            if (wanted.day && wanted.month && jalaliParts(this).year !== jalaliParts(DateTime.now()).year) {
                wanted.year ??= "numeric";
            }
            return persianDigits(toLocaleString.call(this, wanted, { outputCalendar: "persian", ...options }));
        },
    };
}

function inputPatch({ fromFormat, fromISO, fromSQL }) {
    // Only typed text asks to keep the zone it carries (`parseDateTime`); server values never do.
    // An impossible Jalali date such as 1405-12-30 must not become a day of the Gregorian year 1405.
    const guarded = (parse) =>
        function (text, options) {
            const date = parse.call(DateTime, text, options);
            return options?.setZone && date.isValid && date.year < GREGORIAN_FROM ? refused(text) : date;
        };
    return {
        fromFormat(text, format, options = {}) {
            if (!options.setZone || isWire(format)) {
                return fromFormat.call(DateTime, text, format, options);
            }
            if (!/y/.test(format) || !/d/.test(format)) {
                return guarded(fromFormat)(latinDigits(text), format, { ...options, numberingSystem: "latn" });
            }
            const parts = typedDate(text, format);
            return parts ? DateTime.fromObject(parts, { zone: options.zone }) : refused(text);
        },
        fromISO: guarded(fromISO),
        fromSQL: guarded(fromSQL),
    };
}

function install(target, methods) {
    const stock = {};
    for (const [name, value] of Object.entries(methods)) {
        stock[name] = Object.getOwnPropertyDescriptor(target, name);
        Object.defineProperty(target, name, { value, configurable: true, writable: true });
    }
    return () => Object.defineProperties(target, stock);
}

/**
 * Install the patches.
 *
 * @returns {(() => void) | false} what takes them away again; false, with nothing done, where luxon lost a seam
 */
export function activate() {
    const missing = [
        ...METHODS.filter((name) => typeof DateTime.prototype[name] !== "function"),
        ...STATICS.filter((name) => typeof DateTime[name] !== "function"),
    ];
    if (missing.length) {
        console.info(`Jalali dates stay inactive: luxon has no ${missing.join(", ")}`);
        return false;
    }
    const undo = [
        install(DateTime.prototype, displayPatch(DateTime.prototype)),
        install(DateTime, inputPatch(DateTime)),
    ];
    return () => undo.forEach((restore) => restore());
}
