import type { Metadata } from "next";
import { refusedPage } from "@/app/page-access";
import { RefusedPage } from "@/components/refused-page";

export const metadata: Metadata = { title: "Not for this account" };

/** What stands in place of a page that an account may not use. */
export default function Forbidden() {
  return <RefusedPage title="Not here" text={refusedPage().text ?? "Your account may not see this page."} />;
}
