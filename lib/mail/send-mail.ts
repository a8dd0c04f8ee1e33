import { createTransport } from "nodemailer";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";

export type Mail = { to: string; subject: string; text: string; html: string };

/**
 * Send an e-mail through SALON_SMTP_URL.
 * @throws SalonError "unavailable" where there is no mail server; nodemailer's error when it refuses
 */
export async function sendMail(mail: Mail): Promise<void> {
  const { SALON_SMTP_URL, SALON_MAIL_FROM, SALON_PUBLIC_URL, siteUrl } = env();
  if (SALON_SMTP_URL === undefined) throw new SalonError("unavailable", "This site sends no e-mails.");
  const transport = createTransport({
    url: SALON_SMTP_URL,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  const from = SALON_MAIL_FROM ?? `Salon <salon@${new URL(SALON_PUBLIC_URL ?? siteUrl).hostname}>`;
  try {
    await transport.sendMail({ from, ...mail });
  } finally {
    transport.close();
  }
}
