import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, defineModels, fields, models, mountView, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { patchPicker } from "@web_jalali/jalali/core/picker_patch";
import { definePersian, readJalali } from "./helpers";

describe.current.tags("desktop");

class Letter extends models.Model {
    day = fields.Date();
    first = fields.Date();
    last = fields.Date();
    moment = fields.Datetime();
    _records = [
        {
            id: 1,
            day: "2025-03-20", // ۳۰ اسفند ۱۴۰۳
            first: "2025-03-18",
            last: "2025-03-22",
            moment: "2025-03-20 20:15:00", // ۳۰ اسفند ۱۴۰۳ ۲۳:۴۵
        },
    ];
}

defineMailModels();
defineModels([Letter]);
definePersian();

beforeEach(() => readJalali(patchLuxon, patchPicker));

const { DateTime } = luxon;
const TITLE = ".o_datetime_picker_header";
const IN_MONTH = ".o_date_item_cell:not(.o_out_of_range)";
const pick = (label) => contains(`${IN_MONTH}:text(${label})`).click();

function follow(method, step) {
    onRpc(method, ({ args }) => expect.step(step(args)));
}

async function mountPicker(value, props = {}) {
    await mountWithCleanup(DateTimePicker, {
        props: {
            type: "date",
            value,
            onSelect: (selected) =>
                expect.step([selected].flat().map((date) => (date ? date.toISODate() : "")).join(" ")),
            ...props,
        },
    });
}

test("Esfand of a leap year, the months beside it", async () => {
    await mountPicker(DateTime.fromISO("2025-03-20"));
    expect(queryText(TITLE)).toBe("اسفند ۱۴۰۳");
    expect(IN_MONTH).toHaveCount(30);
    expect(queryText(".o_selected")).toBe("۳۰");
    await contains(".o_next").click();
    expect(queryText(TITLE)).toBe("فروردین ۱۴۰۴");
    expect(IN_MONTH).toHaveCount(31);
    for (let month = 0; month < 11; month++) {
        await contains(".o_next").click();
    }
    expect(queryText(TITLE)).toBe("اسفند ۱۴۰۴");
    expect(IN_MONTH).toHaveCount(29);
    await pick("۲۹");
    expect.verifySteps(["2026-03-20"]);
});

test("month, year and decade levels", async () => {
    await mountPicker(DateTime.fromISO("2026-11-23"));
    await contains(".o_zoom_out").click();
    expect(queryText(TITLE)).toBe("۱۴۰۵");
    expect(queryAllTexts(".o_date_item_cell")[0]).toBe("فروردین");
    expect(queryAllTexts(".o_date_item_cell")[11]).toBe("اسفند");
    await contains(".o_zoom_out").click();
    expect(queryText(TITLE)).toBe("۱۳۹۹ - ۱۴۱۰");
    await contains(".o_zoom_out").click();
    expect(queryText(TITLE)).toBe("۱۳۹۰ - ۱۵۰۰");
    await contains(".o_date_item_cell:text(۱۴۰۰)").click();
    await contains(".o_date_item_cell:text(۱۴۰۸)").click();
    await contains(".o_date_item_cell:text(اسفند)").click();
    expect(queryText(TITLE)).toBe("اسفند ۱۴۰۸");
    await pick("۳۰");
    expect.verifySteps(["2030-03-20"]);
});

test("weeks begin on Saturday, Friday is marked, weeks bear no numbers", async () => {
    await mountPicker(DateTime.fromISO("2026-11-23"));
    expect(queryAllTexts(".o_day_of_week_cell")).toEqual(["ش", "ی", "د", "س", "چ", "پ", "ج"]);
    expect(".o_week_number_cell").toHaveCount(0);
    expect(queryAllTexts(`${IN_MONTH}.o_jalali_friday`)).toEqual(["۶", "۱۳", "۲۰", "۲۷"]);
});

test("without a value the page is the Jalali month of today; limits hold", async () => {
    await mountPicker(false, { maxDate: DateTime.fromISO("2026-12-01") });
    expect(queryText(TITLE)).toBe("آذر ۱۴۰۵");
    await click(`${IN_MONTH}:text(۱۱)`);
    await animationFrame();
    expect.verifySteps([]);
    await pick("۱۰");
    expect.verifySteps(["2026-12-01"]);
});

test("a field: typed, refused, picked, saved", async () => {
    follow("web_save", ([, values]) => values.day);
    await mountView({ type: "form", resModel: "letter", resId: 1, arch: `<form><field name="day"/></form>` });
    expect(queryText(".o_field_widget[name=day]")).toMatch(/۳۰ اسفند ۱۴۰۳/);
    const type = async (text) => {
        await contains(".o_field_widget[name=day] button, .o_field_widget[name=day] input").click();
        await animationFrame();
        await edit(text);
        await press("Enter");
        await animationFrame();
    };
    await type("۱۴۰۴/۱۲/۳۰"); // 1404 is no leap year
    expect(queryText(".o_field_widget[name=day]")).toMatch(/۳۰ اسفند ۱۴۰۳/);
    expect(".o_form_button_save").not.toBeVisible();
    await type("۱۴۰۸/۱۲/۳۰");
    await contains(".o_form_button_save").click();
    expect.verifySteps(["2030-03-20"]);
});

test("a range across the end of a leap year", async () => {
    follow("web_save", ([, { first, last }]) => `${first} ${last}`);
    await mountView({
        type: "form",
        resModel: "letter",
        resId: 1,
        arch: `<form><field name="first" widget="daterange" options="{'end_date_field': 'last'}"/></form>`,
    });
    await contains("[data-field=first]").click();
    await animationFrame();
    expect(queryText(TITLE)).toBe("اسفند ۱۴۰۳");
    await pick("۲۹");
    await contains(".o_next").click();
    await pick("۳");
    await press("Escape");
    await animationFrame();
    await contains(".o_form_button_save").click();
    expect.verifySteps(["2025-03-19 2025-03-23"]);
});

test("a moment keeps its time, and takes Persian digits for it", async () => {
    follow("web_save", ([, values]) => values.moment);
    await mountView({ type: "form", resModel: "letter", resId: 1, arch: `<form><field name="moment"/></form>` });
    expect(queryText(".o_field_widget[name=moment]")).toMatch(/۳۰ اسفند ۱۴۰۳.*۲۳:۴۵/);
    await contains("[data-field=moment]").click();
    await animationFrame();
    await contains(".o_next").click();
    await pick("۱");
    await contains(".o_time_picker_input").edit("۱۰:۳۰");
    await press("Escape");
    await animationFrame();
    await contains(".o_form_button_save").click();
    expect.verifySteps(["2025-03-21 07:00:00"]);
});
