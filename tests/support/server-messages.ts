import { createTranslator } from "next-intl";
import type { getTranslations as getServerTranslations } from "next-intl/server";
import { catalogueOf } from "@/messages/catalogue";

/** next-intl's functions of async server components, as tests get them (vitest.config.ts): in English. */

export const getLocale = () => Promise.resolve("en" as const);
export const getMessages = () => catalogueOf("en");

export const getTranslations: typeof getServerTranslations = (async (namespace?: "site") =>
  createTranslator({
    locale: "en",
    messages: await catalogueOf("en"),
    namespace,
    onError: (error) => {
      throw error;
    },
  })) as typeof getServerTranslations;
