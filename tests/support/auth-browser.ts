import { POST } from "@/app/api/auth/[...action]/route";
import type { AuthAction } from "@/lib/accounts/actions";
import { readAccount } from "@/lib/accounts/read-account";
import { request } from "./api-requests";

/** A browser that keeps the cookies which it is given, at the address 203.0.113.n. */
export class AuthBrowser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly address = "203.0.113.1") {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** POST /api/auth/... of the site's own page. */
  async post(action: AuthAction, body: unknown = {}, headers: Record<string, string> = {}) {
    const asked = request("POST", `/api/auth/${action}`, {
      body,
      cookie: this.cookie,
      headers: { origin: "http://salon.test", "x-forwarded-for": this.address, ...headers },
    });
    const response = await POST(asked, { params: Promise.resolve({ action: action.split("/") }) });
    this.keep(response);
    return response;
  }

  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value === "" || /max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  /** Who the site takes it for. */
  account() {
    return readAccount(this.cookie);
  }
}
