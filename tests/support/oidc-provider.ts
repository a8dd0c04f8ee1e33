import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider from "oidc-provider";

export const CLIENT = { id: "salon", secret: "the client's secret" };

export type Person = { email: string; email_verified: boolean; name?: string };
export type Claims = Record<string, unknown>;

export type OidcServer = {
  issuer: string;
  /** Who signs in there next. */
  person: string;
  people: Map<string, Person>;
  /** Changes the id tokens that it hands out; they are signed anew with its key. */
  tamper: ((claims: Claims) => Claims) | null;
  /** Signs with a new key from now on, and publishes that one alone. */
  rotateKey: () => void;
  close: () => Promise<void>;
};

type Key = { kid: string; privateKey: KeyObject };

/** A provider of single sign-on that signs people in without asking them anything. It demands PKCE. */
export async function startOidcProvider(redirectUri: string): Promise<OidcServer> {
  let [provider, key]: [Provider | null, Key] = [null, newKey("key-1")];
  const http = createServer((request, response) => {
    if (request.url?.startsWith("/interaction/")) void signIn(request, response);
    else {
      if (request.url === "/token" && server.tamper !== null) tamperWith(response);
      void provider!.callback()(request, response);
    }
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", () => resolve()));
  const address = http.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const server: OidcServer = {
    issuer,
    person: "ada",
    people: new Map(),
    tamper: null,
    rotateKey() {
      key = newKey(`${key.kid}-next`);
      provider = newProvider();
    },
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
  provider = newProvider();
  return server;

  function newProvider(): Provider {
    return new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [redirectUri],
          grant_types: ["authorization_code"],
        },
      ],
      jwks: {
        keys: [{ ...key.privateKey.export({ format: "jwk" }), kid: key.kid, use: "sig", alg: "RS256" }],
      },
      cookies: { keys: ["a cookie key of the tests"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...server.people.get(sub) }) }),
      async loadExistingGrant(context) {
        const grant = new context.oidc.provider.Grant({
          clientId: context.oidc.client!.clientId,
          accountId: context.oidc.session!.accountId,
        });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    });
  }

  async function signIn(request: IncomingMessage, response: ServerResponse) {
    await provider!.interactionFinished(request, response, { login: { accountId: server.person } });
  }

  function tamperWith(response: ServerResponse) {
    const end = response.end.bind(response) as (body: string) => ServerResponse;
    response.end = ((body: string | Buffer) => {
      const answer = JSON.parse(String(body)) as { id_token: string };
      const claims = JSON.parse(Buffer.from(answer.id_token.split(".")[1], "base64url").toString()) as Claims;
      answer.id_token = signed(server.tamper!(claims), key);
      const text = JSON.stringify(answer);
      response.setHeader("content-length", Buffer.byteLength(text));
      return end(text);
    }) as typeof response.end;
  }
}

function newKey(kid: string): Key {
  return { kid, privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey };
}

/** A token as the provider would sign it. */
function signed(claims: Claims, { kid, privateKey }: Key): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT", kid })}.${part(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}

/** What a browser without cookies of the provider does from where it is sent, until it is sent back to the site. */
export async function passProvider(url: string, back: string): Promise<string> {
  const cookies = new Map<string, string>();
  for (let next = url, hop = 0; hop < 10; hop++) {
    if (next.startsWith(back)) return next;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(next, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
    next = new URL(location, next).href;
  }
  throw new Error("The provider sends browsers around in circles.");
}
