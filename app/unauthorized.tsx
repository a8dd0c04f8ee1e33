import type { Metadata } from "next";
import { refusedPage } from "@/app/page-access";
import { RefusedPage } from "@/components/refused-page";

export const metadata: Metadata = { title: "Sign in" };

/** What stands in place of a page that needs an account. */
export default function Unauthorized() {
  return <RefusedPage title="Sign in" text={refusedPage().text ?? "Sign in to see this page."} signIn />;
}
