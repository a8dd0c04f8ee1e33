import type { useTranslations } from "next-intl";
import type { ApiError } from "@/components/api-client";

const CODES = ["broken_image", "no_image", "no_pair", "no_live_pair"] as const;

/** Why there is no pair or no vote. What the API refuses for other reasons it says itself, in English. */
export function errorText(t: ReturnType<typeof useTranslations<"arena">>, error: ApiError): string {
  const known = CODES.find((code) => code === error.code);
  return known === undefined ? error.message : t(`errors.${known}`);
}
