import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    editSearch,
    fields,
    getFacetTexts,
    models,
    mountView,
    onRpc,
    toggleMenuItem,
    toggleMenuItemOption,
    toggleSearchBarMenu,
    validateSearch,
} from "@web/../tests/web_test_helpers";
import { patchSearch } from "@web_jalali/jalali/backend/search_patch";
import { patchLuxon } from "@web_jalali/jalali/core/luxon_patch";
import { patchPicker } from "@web_jalali/jalali/core/picker_patch";
import { definePersian, readJalali } from "./helpers";

describe.current.tags("desktop");

class Letter extends models.Model {
    name = fields.Char();
    day = fields.Date();
    moment = fields.Datetime();
    _records = [{ id: 1, name: "letter", day: "2026-11-23", moment: "2026-11-23 06:00:00" }];
    _views = {
        search: `
            <search>
                <field name="day"/>
                <filter name="by_day" string="Day" date="day"/>
                <filter name="by_moment" string="Moment" date="moment"/>
            </search>`,
    };
}

defineMailModels();
defineModels([Letter]);
definePersian();

beforeEach(() => readJalali(patchLuxon, patchPicker, patchSearch));

async function mountList() {
    onRpc("web_search_read", ({ kwargs }) => expect.step(JSON.stringify(kwargs.domain)));
    const view = await mountView({ type: "list", resModel: "letter", searchViewId: false, arch: `<list><field name="name"/></list>` });
    expect.verifySteps(["[]"]);
    await toggleSearchBarMenu();
    return view;
}

test("months, seasons and years are Jalali ones", async () => {
    await mountList();
    await toggleMenuItem("Day");
    expect(queryAllTexts(".o_item_option")).toEqual([
        "آذر",
        "آبان",
        "مهر",
        "زمستان",
        "پاییز",
        "تابستان",
        "بهار",
        "۱۴۰۵",
        "۱۴۰۴",
        "۱۴۰۳",
    ]);
    await toggleMenuItemOption("Day", "آذر");
    expect(getFacetTexts()).toEqual(["Day: آذر ۱۴۰۵"]);
    expect.verifySteps([`["&",["day",">=","2026-11-22"],["day","<=","2026-12-21"]]`]);
});

test("the winter of a leap year ends on 30 Esfand", async () => {
    await mountList();
    await toggleMenuItem("Day");
    await toggleMenuItemOption("Day", "زمستان");
    expect.verifySteps([`["&",["day",">=","2026-12-22"],["day","<=","2027-03-20"]]`]);
    await toggleMenuItemOption("Day", "۱۴۰۳");
    await toggleMenuItemOption("Day", "۱۴۰۵");
    expect(getFacetTexts()).toEqual(["Day: زمستان ۱۴۰۳"]);
    expect.verifySteps([
        `["|","&",["day",">=","2024-12-21"],["day","<=","2025-03-20"],"&",["day",">=","2026-12-22"],["day","<=","2027-03-20"]]`,
        `["&",["day",">=","2024-12-21"],["day","<=","2025-03-20"]]`,
    ]);
});

test("moments are filtered by the days of the reader's zone", async () => {
    await mountList();
    await toggleMenuItem("Moment");
    await toggleMenuItemOption("Moment", "آذر");
    expect.verifySteps([`["&",["moment",">=","2026-11-21 20:30:00"],["moment","<=","2026-12-21 20:29:59"]]`]);
});

test("a typed date searches the day", async () => {
    await mountList();
    await editSearch("۱۴۰۵/۰۹/۰۲");
    await validateSearch();
    expect(getFacetTexts()).toEqual(["Day\n۱۴۰۵/۰۹/۰۲"]);
    expect.verifySteps([`[["day","=","2026-11-23"]]`]);
});

test("what is kept of a filter is Gregorian", async () => {
    const list = await mountList();
    await toggleMenuItem("Day");
    await toggleMenuItemOption("Day", "آبان");
    expect.verifySteps([`["&",["day",">=","2026-10-23"],["day","<=","2026-11-21"]]`]);
    const { irFilter } = list.env.searchModel._getIrFilterDescription({ description: "x", isShared: false });
    expect(irFilter.domain).toBe(`["&", ("day", ">=", "2026-10-23"), ("day", "<=", "2026-11-21")]`);
});
