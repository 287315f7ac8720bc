import { SearchModel } from "@web/search/search_model";
import { QUARTERS, QUARTER_OPTIONS } from "@web/search/utils/dates";
import { patch } from "@web/core/utils/patch";
import { brand } from "@web_jalali/jalali/brand";

const SEASONS = ["بهار", "تابستان", "پاییز", "زمستان"];
const OPTIONS = ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"];

/** Date filters offer and select Jalali months, seasons and years: the moment they count from is branded. */
export function patchSearch() {
    if (!OPTIONS.every((name) => QUARTER_OPTIONS[name])) {
        console.info("Date filters stay Gregorian: the search has other quarters");
        return false;
    }
    SEASONS.forEach((season, index) => {
        QUARTERS[index + 1].description = season;
        QUARTER_OPTIONS[OPTIONS[index]].description = season;
    });
    return patch(SearchModel.prototype, {
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
}
