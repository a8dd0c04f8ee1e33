import { env } from "@/lib/env";
import {
  isThisMachine,
  parseAllowList,
  type AddressPolicy,
  type EndpointOwner,
} from "@/lib/providers/address-rules";

const ASK_OPERATOR = "The operator can allow it in OUTBOUND_ALLOW.";
const OPERATORS_ONLY =
  "This site calls such places for its operator alone, who submits them with `salon models add` or `salon judges add`.";

/**
 * Where endpoints may be, by whose they are. OUTBOUND_ALLOW is the operator's, and visitors share it only while the site is not
 * open beyond loopback: then its visitors are its operator. The bundled backend answers for bundled models and judges alone:
 * under another name its models would be there twice, at no cost to whoever lists them.
 */
export function addressPolicies(
  { OUTBOUND_ALLOW, generationUrl, openBeyondLoopback } = env(),
): Record<EndpointOwner, AddressPolicy> {
  const backend = new URL(generationUrl);
  const refuse: AddressPolicy["refuse"] = (address, port) =>
    port === Number(backend.port) && isThisMachine(address)
      ? "Salon's own generation backend, whose models are here already"
      : null;
  const allow = parseAllowList(OUTBOUND_ALLOW);
  return {
    bundled: { allow: parseAllowList([backend.host]), refuse: () => null, advice: "" },
    operator: { allow, refuse, advice: ASK_OPERATOR },
    visitor: openBeyondLoopback
      ? { allow: parseAllowList([]), refuse, advice: OPERATORS_ONLY }
      : { allow, refuse, advice: ASK_OPERATOR },
  };
}
