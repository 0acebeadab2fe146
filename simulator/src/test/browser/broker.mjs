// What a broker does for MQTT.js, one line an answer: node broker.mjs TCP-PORT WEBSOCKET-PORT FRESH-CONNECTIONS tcp|ws
// Two brokers that do the same print the same.
import mqtt from "mqtt";

const [tcp, ws, fresh] = process.argv.slice(2, 5).map(Number);
const large = process.argv[5];
const urls = { tcp: `mqtt://localhost:${tcp}`, ws: `ws://localhost:${ws}` };
const SOON_MS = 20_000;
let number = 0;

const connect = (url, options) => mqtt.connectAsync(url, { clientId: `js-${process.pid}-${++number}`, reconnectPeriod: 0, connectTimeout: SOON_MS, ...options });
const tell = (what, ...values) => console.log(what, ...values.map((value) => JSON.stringify(value)));

/** Collects a client's messages; `upTo(n)` waits for so many. */
function listen(client) {
  const heard = [];
  let wake = () => {};
  client.on("message", (topic, payload, packet) => {
    heard.push({ topic, payload, packet });
    wake();
  });
  heard.upTo = async (count) => {
    const end = Date.now() + SOON_MS;
    while (heard.length < count) {
      if (Date.now() > end) {
        throw new Error(`${heard.length} of ${count} messages came`);
      }
      await new Promise((done) => {
        wake = done;
        setTimeout(done, 200);
      });
    }
    return heard;
  };
  return heard;
}

const words = ({ topic, payload, packet }) => [topic, payload.toString(), packet.qos, packet.retain];

for (const [leg, url] of Object.entries(urls)) {
  for (const protocolVersion of [3, 4, 5]) {
    const base = `js/${leg}/${protocolVersion}`;
    const version = protocolVersion === 3 ? { protocolId: "MQIsdp", protocolVersion } : { protocolVersion };
    const subscriber = await connect(url, version);
    const heard = listen(subscriber);
    await subscriber.subscribeAsync(`${base}/+`, { qos: 2 });
    const publisher = await connect(url, version);
    for (const qos of [0, 1, 2]) {
      await publisher.publishAsync(`${base}/q`, `at ${qos}`, { qos });
    }
    tell(`${base} each QoS`, ...(await heard.upTo(3)).map(words));
    await publisher.publishAsync(`${base}/kept`, "stays", { qos: 1, retain: true });
    await heard.upTo(4);
    const late = await connect(url, version);
    const lateHeard = listen(late);
    await late.subscribeAsync(`${base}/kept`);
    tell(`${base} retained`, ...(await lateHeard.upTo(1)).map(words));
    await publisher.publishAsync(`${base}/kept`, "", { qos: 1, retain: true });
    await late.endAsync();

    const mortal = await connect(url, { ...version, will: { topic: `${base}/will`, payload: "gone", qos: 1, retain: false } });
    mortal.on("error", () => {});
    mortal.stream.destroy();
    tell(`${base} will`, ...(await heard.upTo(6)).slice(5).map(words));

    const kept = { ...version, clientId: `${base}/sleeper`.replaceAll("/", "-"), clean: false };
    const session = protocolVersion === 5 ? { properties: { sessionExpiryInterval: 60 } } : {};
    const sleeper = await connect(url, { ...kept, ...session });
    await sleeper.subscribeAsync(`${base}/night`, { qos: 1 });
    await sleeper.endAsync();
    await publisher.publishAsync(`${base}/night`, "one", { qos: 1 });
    await publisher.publishAsync(`${base}/night`, "two", { qos: 1 });
    const awake = mqtt.connect(url, { ...kept, ...session, reconnectPeriod: 0 });
    tell(`${base} offline queue`, ...(await listen(awake).upTo(2)).map(words));
    await awake.endAsync();
    await subscriber.endAsync();
    await publisher.endAsync();
  }
}

const five = { protocolVersion: 5 };
const one = await connect(urls.ws, five);
const other = await connect(urls.tcp, five);
const heardByOne = listen(one);
await one.subscribeAsync("js/five/+", { qos: 1 });
await other.publishAsync("js/five/properties", "x", { qos: 1, properties: { userProperties: { unit: "C" }, contentType: "text/plain", responseTopic: "js/answer", correlationData: Buffer.from([7, 9]), messageExpiryInterval: 100 } });
const { properties } = (await heardByOne.upTo(1))[0].packet;
tell("properties", properties.userProperties, properties.contentType, properties.responseTopic, [...properties.correlationData], properties.messageExpiryInterval >= 99);

const taker = await connect(urls[large], five);
const giver = await connect(urls[large], five);
const heardByTaker = listen(taker);
await taker.subscribeAsync("js/large", { qos: 1 });
await giver.publishAsync("js/large", Buffer.alloc(1 << 20, 0x61), { qos: 1 });
tell("1 MiB", (await heardByTaker.upTo(1))[0].payload.length);
await Promise.all([taker.endAsync(), giver.endAsync()]);

const third = await connect(urls.tcp, five);
const heardByThird = listen(third);
await other.publishAsync("js/brief", "passed", { qos: 1, retain: true, properties: { messageExpiryInterval: 1 } });
await new Promise((done) => setTimeout(done, 2_500));
await one.subscribeAsync("js/brief", { qos: 1 });
await other.publishAsync("js/brief", "live", { qos: 1 });
tell("expiry", ...(await heardByOne.upTo(2)).slice(1).map(words));

const heardByOther = listen(other);
await one.subscribeAsync("$share/g/js/shared", { qos: 1 });
await other.subscribeAsync("$share/g/js/shared", { qos: 1 });
for (let i = 0; i < 10; i++) {
  await third.publishAsync("js/shared", `${i}`, { qos: 1 });
}
await third.publishAsync("js/five/end", "", { qos: 1 });
await heardByOne.upTo(3);
await new Promise((done) => setTimeout(done, 300));
const shares = [...heardByOne, ...heardByOther].filter(({ topic }) => topic === "js/shared").map(({ payload }) => Number(payload.toString()));
tell("shared, each once", shares.sort((a, b) => a - b), heardByOther.length > 0);

await third.subscribeAsync("$SYS/broker/clients/connected");
tell("$SYS", (await heardByThird.upTo(1))[0].topic);

const burst = listen(other);
await other.subscribeAsync("js/burst", { qos: 1 });
await Promise.all(Array.from({ length: 5_000 }, (_, i) => third.publishAsync("js/burst", `${i}`, { qos: 1 })));
await burst.upTo(5_000);
tell("5,000 in order", burst.every(({ payload }, i) => payload.toString() === `${i}`));
await Promise.all([one, other, third].map((client) => client.endAsync()));

let faults = 0;
for (let i = 0; i < fresh; i += 2) {
  const url = i % 4 === 0 ? urls.tcp : urls.ws;
  const [reader, writer] = await Promise.all([connect(url), connect(url)]);
  const heard = listen(reader);
  await reader.subscribeAsync(`js/fresh/${i}`, { qos: 1 });
  await writer.publishAsync(`js/fresh/${i}`, "here", { qos: 1 });
  await heard.upTo(1).catch(() => faults++);
  await Promise.all([reader.endAsync(), writer.endAsync()]);
}
tell("faults of fresh connections", faults);
