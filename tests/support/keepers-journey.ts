import type { ApiClient } from "./api-client.ts";
import { ChannelPage } from "./pages/channel-page.ts";
import { DevicesPages } from "./pages/devices-pages.ts";
import { Shell } from "./pages/shell.ts";
import { TankPage } from "./pages/tank-page.ts";
import { seen, type Visitor } from "./pages/visitor.ts";
import { channelOf, demoTank } from "./reef.ts";
import type { W1Tree } from "./w1-tree.ts";

const THERMOMETER_C = 24.5;

interface JourneyParts {
  /** Where the new thermometer is found. */
  readonly tree: W1Tree;
  readonly romId: string;
  /** Called where an output was asked for the first time: a locked kiosk asks back. */
  readonly whenAsked?: () => Promise<void>;
}

/** Takes the return pump's half-minute between off and on away: a journey need not sit it out. */
export async function withoutPauses(keeper: ApiClient): Promise<void> {
  const { id } = channelOf(await demoTank(keeper), "return-pump");
  const { status } = await keeper.patch(`/channels/${id}`, { guards: { minOffS: 0, minOnS: 0 } });
  if (status !== 200) throw new Error(`the return pump's pauses could not be taken away: ${status}`);
}

/**
 * Dashboard -> override an output -> watch the reading react -> look at its history -> add a DS18B20 -> remove it. The
 * same steps by mouse, by finger and by keys. @throws where a step does not come out as promised
 */
export async function walkTheJourney(visitor: Visitor, parts: JourneyParts): Promise<void> {
  await stopTheReturnPump(visitor, parts);
  await lookAtTheHistory(visitor);
  await addAndRemoveAThermometer(visitor, parts);
}

async function stopTheReturnPump(visitor: Visitor, { whenAsked }: JourneyParts): Promise<void> {
  const shell = new Shell(visitor);
  const tank = new TankPage(visitor);
  await shell.goTo("Tank");
  await tank.valueWhere("Return flow", "L/h", (litresPerHour) => litresPerHour > 500);
  await whenAsked?.();
  await tank.hold("Return pump", "Off");
  const card = tank.output("Return pump");
  await seen(card.getByText(/by hand/));
  await seen(card.getByText(/Back to Auto in/));
  await tank.valueWhere("Return flow", "L/h", (litresPerHour) => litresPerHour === 0);
}

async function lookAtTheHistory(visitor: Visitor): Promise<void> {
  const channel = new ChannelPage(visitor);
  const tank = new TankPage(visitor);
  await visitor.hand.press(tank.vital("Return flow"));
  await seen(channel.title("Return flow"));
  await seen(channel.chart);
  await channel.chooseSpan("24 h");
  await channel.statisticWhere("Lowest", (value) => value === 0);
  await channel.statisticWhere("Highest", (value) => value > 500);
  await new Shell(visitor).goTo("Tank");
  await tank.giveBack("Return pump");
  await tank.valueWhere("Return flow", "L/h", (litresPerHour) => litresPerHour > 500);
}

async function addAndRemoveAThermometer(visitor: Visitor, { tree, romId }: JourneyParts): Promise<void> {
  const devices = new DevicesPages(visitor);
  await tree.addSlave(romId, { celsius: THERMOMETER_C });
  await new Shell(visitor).goTo("Settings");
  await devices.open();
  await devices.addThermometer({ name: "Sump probe", romId, root: tree.root });
  await seen(visitor.page.getByText("online").first());
  await seen(visitor.page.getByRole("link", { name: /24\.50? °C/ }));
  await devices.remove("Sump probe");
  await tree.removeSlave(romId);
}
