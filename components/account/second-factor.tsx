"use client";

import { useState } from "react";
import { AccountForm } from "@/components/account/account-form";
import { TextField } from "@/components/forms/text-field";
import { ShownOnce } from "@/components/shown-once";
import {
  codeCheck,
  secondFactorEnd,
  secondFactorStart,
  type SecondFactorStart,
} from "@/lib/schemas/accounts/accounts";

type Step =
  | { name: "off" | "on" }
  | { name: "started"; factor: SecondFactorStart }
  | { name: "confirmed"; backupCodes: string[] };

/** Somebody's second factor: switched on by password and a first code, off by password and a code. */
export function SecondFactor({ isOn }: { isOn: boolean }) {
  const [step, setStep] = useState<Step>({ name: isOn ? "on" : "off" });
  return (
    <section className="grid gap-4" aria-labelledby="second-factor-heading">
      <h2 id="second-factor-heading" className="text-xl">
        Second factor
      </h2>
      {step.name === "off" && <Start onStarted={(factor) => setStep({ name: "started", factor })} />}
      {step.name === "started" && (
        <FirstCode
          address={step.factor.address}
          onDone={() => setStep({ name: "confirmed", backupCodes: step.factor.backupCodes })}
        />
      )}
      {step.name === "confirmed" && <BackupCodes codes={step.backupCodes} />}
      {(step.name === "on" || step.name === "confirmed") && <End onDone={() => setStep({ name: "off" })} />}
    </section>
  );
}

function Start({ onStarted }: { onStarted: (factor: SecondFactorStart) => void }) {
  return (
    <>
      <p className="text-muted text-sm">
        Off. With one, signing in with the password also takes a code of an authenticator app.
      </p>
      <AccountForm<{ currentPassword: string }, { currentPassword: string }, SecondFactorStart>
        action="second-factor/start"
        schema={secondFactorStart}
        defaults={{ currentPassword: "" }}
        submit="Set it up"
        onDone={onStarted}
      >
        <CurrentPassword />
      </AccountForm>
    </>
  );
}

function FirstCode({ address, onDone }: { address: string; onDone: () => void }) {
  return (
    <>
      <ShownOnce
        id="second-factor-secret"
        label="Give your authenticator app this key. It is shown this once."
        text={new URL(address).searchParams.get("secret") ?? ""}
      />
      <p className="text-sm">
        <a className="link" href={address}>
          Open it in an app on this device
        </a>
      </p>
      <AccountForm
        action="second-factor/confirm"
        schema={codeCheck}
        defaults={{ code: "" }}
        submit="Switch it on"
        onDone={onDone}
      >
        <TextField
          name="code"
          idPrefix="second-factor-"
          label="Code"
          hint="The six digits that the app shows now."
          inputMode="numeric"
          required
          autoComplete="one-time-code"
        />
      </AccountForm>
    </>
  );
}

function BackupCodes({ codes }: { codes: string[] }) {
  return (
    <>
      <p role="status" className="text-sm">
        The second factor is on. Keep these backup codes somewhere else than the app: each signs you in once,
        and they are shown this once.
      </p>
      <ul
        className="bg-accent-soft grid grid-cols-2 gap-2 rounded-md p-4 font-mono text-sm"
        aria-label="Backup codes"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </>
  );
}

function End({ onDone }: { onDone: () => void }) {
  return (
    <>
      <p className="text-muted text-sm">On. Signing in with the password also takes a code.</p>
      <AccountForm
        action="second-factor/end"
        schema={secondFactorEnd}
        defaults={{ currentPassword: "", code: "" }}
        submit="Switch it off"
        onDone={onDone}
      >
        <CurrentPassword />
        <TextField
          name="code"
          idPrefix="second-factor-"
          label="Code"
          hint="Of the app, or a backup code."
          required
          autoComplete="one-time-code"
        />
      </AccountForm>
    </>
  );
}

const CurrentPassword = () => (
  <TextField
    name="currentPassword"
    idPrefix="second-factor-"
    label="Current password"
    type="password"
    required
    autoComplete="current-password"
  />
);
