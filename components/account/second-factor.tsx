"use client";

import { useTranslations } from "next-intl";
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
  const t = useTranslations("account");
  const [step, setStep] = useState<Step>({ name: isOn ? "on" : "off" });
  return (
    <section className="grid gap-4" aria-labelledby="second-factor-heading">
      <h2 id="second-factor-heading" className="text-xl">
        {t("factor.title")}
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
  const t = useTranslations("account");
  return (
    <>
      <p className="text-muted text-sm">{t("factor.off")}</p>
      <AccountForm<{ currentPassword: string }, { currentPassword: string }, SecondFactorStart>
        action="second-factor/start"
        schema={secondFactorStart}
        defaults={{ currentPassword: "" }}
        submit={t("factor.setUp")}
        onDone={onStarted}
      >
        <CurrentPassword />
      </AccountForm>
    </>
  );
}

function FirstCode({ address, onDone }: { address: string; onDone: () => void }) {
  const t = useTranslations("account");
  return (
    <>
      <ShownOnce
        id="second-factor-secret"
        label={t("factor.secret")}
        text={new URL(address).searchParams.get("secret") ?? ""}
      />
      <p className="text-sm">
        <a className="link" href={address}>
          {t("factor.open")}
        </a>
      </p>
      <AccountForm
        action="second-factor/confirm"
        schema={codeCheck}
        defaults={{ code: "" }}
        submit={t("factor.switchOn")}
        onDone={onDone}
      >
        <TextField
          name="code"
          idPrefix="second-factor-"
          label={t("code")}
          hint={t("factor.codeHint")}
          inputMode="numeric"
          required
          autoComplete="one-time-code"
        />
      </AccountForm>
    </>
  );
}

function BackupCodes({ codes }: { codes: string[] }) {
  const t = useTranslations("account");
  return (
    <>
      <p role="status" className="text-sm">
        {t("factor.confirmed")}
      </p>
      <ul
        className="bg-accent-soft grid grid-cols-2 gap-2 rounded-md p-4 font-mono text-sm"
        translate="no"
        aria-label={t("factor.backupCodes")}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </>
  );
}

function End({ onDone }: { onDone: () => void }) {
  const t = useTranslations("account");
  return (
    <>
      <p className="text-muted text-sm">{t("factor.on")}</p>
      <AccountForm
        action="second-factor/end"
        schema={secondFactorEnd}
        defaults={{ currentPassword: "", code: "" }}
        submit={t("factor.switchOff")}
        onDone={onDone}
      >
        <CurrentPassword />
        <TextField
          name="code"
          idPrefix="second-factor-"
          label={t("code")}
          hint={t("factor.endHint")}
          required
          autoComplete="one-time-code"
        />
      </AccountForm>
    </>
  );
}

function CurrentPassword() {
  const t = useTranslations("account");
  return (
    <TextField
      name="currentPassword"
      idPrefix="second-factor-"
      label={t("currentPassword")}
      type="password"
      required
      autoComplete="current-password"
    />
  );
}
