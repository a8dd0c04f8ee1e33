import { SMTPServer } from "smtp-server";

/** A letter as it came: whom to, and its text with the transfer encoding undone. */
export type Letter = { to: string[]; text: string };

export type MailServer = {
  url: string;
  letters: Letter[];
  /** The next letter that has not been taken yet. */
  next: () => Promise<Letter>;
  close: () => Promise<void>;
};

/** A mail server that keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const letters: Letter[] = [];
  const waiting: ((letter: Letter) => void)[] = [];
  let taken = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const letter = { to, text: unquoted(Buffer.concat(chunks).toString()) };
        letters.push(letter);
        done();
        const wanted = waiting.shift();
        if (wanted !== undefined) {
          taken += 1;
          wanted(letter);
        }
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    next() {
      if (taken < letters.length) return Promise.resolve(letters[taken++]);
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Quoted-printable undone. */
const unquoted = (text: string) =>
  text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** The first address of the site that a letter's text leads to. */
export const linkOf = ({ text }: Letter) => new URL(/https?:\/\/salon\.test\S*/.exec(text)![0]);
