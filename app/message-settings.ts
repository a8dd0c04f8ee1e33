import { getRequestConfig } from "next-intl/server";
import { currentLanguage } from "@/app/language";
import { catalogueOf } from "@/messages/catalogue";

/** What next-intl works with while a page is rendered (next.config.js names this file). */
export default getRequestConfig(async () => {
  const locale = await currentLanguage();
  return { locale, messages: await catalogueOf(locale), timeZone: "UTC" };
});
