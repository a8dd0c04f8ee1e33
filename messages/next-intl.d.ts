import type { Language } from "@/lib/schemas/languages";
import type { Messages } from "@/messages/areas";

declare module "next-intl" {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}
