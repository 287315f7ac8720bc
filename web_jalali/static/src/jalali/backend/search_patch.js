import { SearchModel } from "@web/search/search_model";
import { QUARTERS, QUARTER_OPTIONS } from "@web/search/utils/dates";
import { patch } from "@web/core/utils/patch";
import { brand } from "@web_jalali/jalali/core/brand";

const SEASONS = ["بهار", "تابستان", "پاییز", "زمستان"];
const OPTIONS = ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"];

export const SEARCH_SEAMS = [
    ["SearchModel", SearchModel.prototype, ["setup", "_getDateFilterDomain"]],
    ["QUARTERS", QUARTERS, ["1", "2", "3", "4"]],
    ["QUARTER_OPTIONS", QUARTER_OPTIONS, OPTIONS],
];

/**
 * Date filters offer and select Jalali months, seasons and years: the moment they count from is branded.
 *
 * @returns {() => void} what takes the patch away again
 */
export function patchSearch() {
    const stock = OPTIONS.map((name) => QUARTER_OPTIONS[name].description);
    const name = (descriptions) =>
        descriptions.forEach((description, index) => {
            QUARTERS[index + 1].description = description;
            QUARTER_OPTIONS[OPTIONS[index]].description = description;
        });
    name(SEASONS);
    const unpatch = patch(SearchModel.prototype, {
        setup() {
            super.setup(...arguments);
            this.referenceMoment = brand(this.referenceMoment);
        },
        _getDateFilterDomain(dateFilter, generatorIds, key) {
            const result = super._getDateFilterDomain(...arguments);
            // Right to left, the stock puts the year before the month; Persian reads «آذر ۱۴۰۵».
            return key === "description" ? result.replace(/([۰-۹]{4}) ([^/\d]+)/g, "$2 $1") : result;
        },
    });
    return () => {
        unpatch();
        name(stock);
    };
}
