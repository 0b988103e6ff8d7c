/** Those who wait for one thing to be over. */
export class Waiting {
  #waiting: (() => void)[] = [];

  /** Resolves at once where it is over already, else with the next `over`. */
  until(isOver: boolean): Promise<void> {
    if (isOver) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  over(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
