import type { Metadata } from "next";
import Link from "next/link";
import { NewAccount } from "@/components/account/new-account";
import { findInvite } from "@/lib/accounts/invites";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { single } from "../search";

export const dynamic = "force-dynamic";
/** The address may be a key: it goes into no index and to no other site. */
export const metadata: Metadata = {
  title: "New account",
  robots: { index: false },
  referrer: "no-referrer",
};

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const token = single((await searchParams).invite);
  const invite = token === undefined ? null : await findInvite(token, Date.now());
  const isOpen = token === undefined ? signInChoices().signUp === "open" : invite !== null;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">New account</h1>
      {isOpen ? (
        <div className="mt-8 max-w-md">
          <NewAccount invite={token} email={invite?.email ?? undefined} />
        </div>
      ) : (
        <p className="text-muted mt-3 max-w-2xl">
          {token === undefined
            ? "Accounts here are made by invitation: ask whoever runs this site for a link."
            : "This link has been used, has expired or was never valid. Ask whoever runs the site for another."}
        </p>
      )}
      <p className="mt-8 text-sm">
        <Link href="/sign-in" className="link">
          I have an account
        </Link>
      </p>
    </div>
  );
}
