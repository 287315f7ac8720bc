import { after, beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryText } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import * as numbers from "@web/core/utils/numbers";
import * as strings from "@web/core/utils/strings";
import * as calendarUtils from "@web/views/calendar/utils";
import * as formatters from "@web/views/fields/formatters";
import * as parsers from "@web/views/fields/parsers";
import { patchPager, processTemplates } from "@web_jalali/jalali/backend/numbers_patch";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { exchange, gate, numberText, patchGlobals, plainNumber } from "@web_jalali/jalali/core/numbers";
import { definePersian, readJalali } from "./helpers";

describe.current.tags("desktop");

defineMailModels();
definePersian();

beforeEach(() => readJalali(patchLuxon, patchGlobals));

/** A copy of a module's exports, exchanged as in the moment it starts; the registry stays as it is. */
function exchanged(name, module) {
    const copy = { ...module };
    exchange(name, copy);
    return copy;
}

test("numbers are shown in Persian digits", () => {
    const { formatFloat, humanNumber } = exchanged("@web/core/utils/numbers", numbers);
    expect(formatFloat(1234567.891)).toBe("۱,۲۳۴,۵۶۷.۸۹");
    expect(formatFloat(-0.5)).toBe("-۰.۵۰");
    expect(humanNumber(1500, { decimals: 1 })).toBe("۱.۵k");
    const { formatFloatTime } = exchanged("@web/views/fields/formatters", formatters);
    expect(formatFloatTime(7.5)).toBe("۰۷:۳۰");
    expect(formatFloatTime.extractOptions).toBe(formatters.formatFloatTime.extractOptions);
});

test("typed Persian and Arabic digits are numbers", () => {
    const { parseFloat, parseFloatTime, parseInteger, parseMonetary, parsePercentage } = exchanged(
        "@web/views/fields/parsers",
        parsers
    );
    expect(parseFloat("۱٬۲۳۴٫۵")).toBe(1234.5);
    expect(parseFloat("١٢٫٥")).toBe(12.5);
    expect(parseInteger("۱,۲۳۴")).toBe(1234);
    expect(parseInteger("=۲+۳")).toBe(5);
    expect(parseMonetary("۱۲۰۰ ریال")).toBe(1200);
    expect(parsePercentage("۲۵٪")).toBe(0.25);
    expect(parseFloatTime("۰۷:۳۰")).toBe(7.5);
    expect(() => parseInteger("دوازده")).toThrow(/not a correct number/);
    expect(globalThis.parseFloat("۱۲.۵")).toBe(12.5);
    expect(globalThis.parseInt("۱۲", 10)).toBe(12);
});

test("numbers in translated sentences, and spans of dates", () => {
    const { mapSubstitutions } = exchanged("@web/core/utils/strings", strings);
    expect(mapSubstitutions([12, "12", { n: 1 }], (value) => value)).toEqual(["۱۲", "12", { n: 1 }]);
    expect(mapSubstitutions([{ count: 3 }], (value) => value)).toEqual([{ count: "۳" }]);
    const { getFormattedDateSpan } = exchanged("@web/views/calendar/utils", calendarUtils);
    const date = (text) => luxon.DateTime.fromISO(text);
    expect(getFormattedDateSpan(date("2026-11-23"), date("2026-11-26"))).toBe("۲ تا ۵ آذر ۱۴۰۵");
    expect(getFormattedDateSpan(date("2026-11-20"), date("2026-11-26"))).toBe("۲۹ آبان تا ۵ آذر ۱۴۰۵");
    expect(getFormattedDateSpan(date("2025-03-20"), date("2025-03-21"))).toBe("۳۰ اسفند ۱۴۰۳ تا ۱ فروردین ۱۴۰۴");
});

test("templates print numbers in Persian digits and leave texts alone", () => {
    const doc = new DOMParser().parseFromString(
        `<t t-name="x"><b t-esc="count"/><i t-out="'(' + count + ')'"/><u t-out="0"/><a t-esc="name"/></t>`,
        "text/xml"
    );
    processTemplates(doc);
    expect([...doc.documentElement.children].map((el) => el.getAttribute("t-esc") || el.getAttribute("t-out"))).toEqual([
        "window.odoo.numberText(count, false)",
        "window.odoo.numberText('(' + count + ')', true)",
        "0",
        "window.odoo.numberText(name, false)",
    ]);
    expect(numberText(12)).toBe("۱۲");
    expect(numberText("(12)", true)).toBe("(۱۲)");
    expect(numberText("IR12", true)).toBe("IR12");
    expect(numberText("09121234567")).toBe("09121234567");
    expect(numberText(undefined)).toBe(undefined);
});

test("closed, everything is what it was", () => {
    gate.open = false;
    after(() => (gate.open = false));
    const { formatFloat } = exchanged("@web/core/utils/numbers", numbers);
    expect(formatFloat(1234.5)).toBe("1,234.50");
    expect(numberText(12)).toBe(12);
    const { parseInteger } = exchanged("@web/views/fields/parsers", parsers);
    expect(() => parseInteger("۱۲")).toThrow(/not a correct number/);
    expect(plainNumber(12)).toBe(12);
});

test("the registry's parsers and formatters are the exchanged ones where asked", () => {
    const asked = [];
    const fake = { category: (name) => ({ add: (key, value, options) => asked.push([name, key, options.force]) }) };
    exchange("@web/views/fields/parsers", { ...parsers }, fake);
    expect(asked.map(([name, key, force]) => `${name} ${key} ${force}`)).toEqual([
        "parsers float true",
        "parsers float_time true",
        "parsers integer true",
        "parsers many2one_reference true",
        "parsers monetary true",
        "parsers percentage true",
    ]);
    expect(asked.every(([name, key]) => registry.category(name).contains(key))).toBe(true);
});

test("the pager says from and to, and reads it again", async () => {
    after(patchPager());
    await mountWithCleanup(Pager, {
        props: {
            offset: 0,
            limit: 40,
            total: 120,
            onUpdate: ({ offset, limit }) => expect.step(`${offset} ${limit}`),
        },
    });
    expect(queryText(".o_pager_value")).toBe("۱ تا ۴۰");
    await contains(".o_pager_value").click();
    await contains("input.o_pager_value").edit("۴۱ تا ۶۰", { confirm: "blur" });
    expect.verifySteps(["40 20"]);
});
