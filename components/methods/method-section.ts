import type { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Format } from "@/components/format";
import type { Messages } from "@/messages/areas";

export type MethodText = ReturnType<typeof useTranslations<"methods.sections">>;

/** A section of the page that says how everything is measured. */
export interface MethodSection {
  /** Its anchor, which links from other pages name, and the name of its messages. */
  id: keyof Messages["methods"]["sections"];
  body: (t: MethodText, format: Format) => ReactNode;
}
