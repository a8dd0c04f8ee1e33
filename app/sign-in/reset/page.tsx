import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewPassword } from "@/components/account/by-mail";
import { MailForm } from "@/components/account/ways-in";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { single } from "../../search";

export const dynamic = "force-dynamic";
/** The address may be a key: it goes into no index and to no other site. */
export const metadata: Metadata = {
  title: "New password",
  robots: { index: false },
  referrer: "no-referrer",
};

export default async function ResetPage({ searchParams }: PageProps<"/sign-in/reset">) {
  const token = single((await searchParams).token);
  if (!signInChoices().mail) notFound();
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">New password</h1>
      <div className="mt-8 max-w-md">
        {token === undefined ? (
          <MailForm
            action="reset/send"
            submit="Send me a link"
            sent="If {to} has an account with a password, a link is on its way there. It works once, for an hour."
          />
        ) : (
          <NewPassword token={token} />
        )}
      </div>
    </div>
  );
}
