import type { Metadata } from "next";
import { NewAccount } from "@/components/account/new-account";
import { findInvite } from "@/lib/accounts/invites";
import { single } from "../search";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export const metadata: Metadata = {
  title: "The owner's account",
  robots: { index: false },
  referrer: "no-referrer",
};

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  const token = single((await searchParams).token) ?? "";
  const invite = await findInvite(token, Date.now());
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">The owner’s account</h1>
      {invite?.role === "OWNER" ? (
        <>
          <p className="text-muted mt-3 max-w-2xl">
            Whoever makes this account runs the site. The link works once.
          </p>
          <div className="mt-8 max-w-md">
            <NewAccount invite={token} />
          </div>
        </>
      ) : (
        <p className="text-muted mt-3 max-w-2xl">
          This link has been used or was never valid. On the site’s machine, <code>salon owner link</code>{" "}
          prints a fresh one.
        </p>
      )}
    </div>
  );
}
