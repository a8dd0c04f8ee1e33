import type { Metadata } from "next";
import { WaysIn } from "@/components/account/ways-in";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { sitePath } from "@/lib/schemas/accounts/accounts";
import { single } from "../search";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, error } = await searchParams;
  const path = sitePath.safeParse(single(next));
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Sign in</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Voting and submitting need no account. With one, what you make is yours in every browser: what you
        made in this one comes along.
      </p>
      {error !== undefined && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 max-w-md rounded-md px-4 py-3 text-sm">
          The sign-in did not succeed. Try again, or ask whoever runs this site whether you have access.
        </p>
      )}
      <div className="mt-10 max-w-md">
        <WaysIn choices={signInChoices()} next={path.success ? path.data : "/account"} />
      </div>
    </div>
  );
}
