import type { SecretStore } from "#main/identity/ports.ts";

export class FakeSecretStore implements SecretStore {
  readonly secrets = new Map<string, string>();

  async get(name: string): Promise<string | null> {
    return this.secrets.get(name) ?? null;
  }

  async put(name: string, value: string): Promise<void> {
    this.secrets.set(name, value);
  }

  async remove(name: string): Promise<void> {
    this.secrets.delete(name);
  }
}
