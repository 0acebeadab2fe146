'use strict';

const PAGE = 100;
const REFRESH_MS = 2000;
const KIND = {active: 'good', awake: 'good', asleep: 'calm', connecting: 'warn', lost: 'bad', disconnected: 'faint'};
const at = id => document.getElementById(id);
const query = new URLSearchParams(location.search);
let from = Math.max(0, Number.parseInt(query.get('from'), 10) || 0);
let paused = false;
let asked = 0;

at('filter').value = query.get('filter') || '';

function text(element, value) {
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

function make(name, value, className, label) {
  const element = document.createElement(name);
  element.textContent = value;
  element.className = className || '';
  if (label) {
    element.dataset.name = label;
  }
  return element;
}

function ago(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  return s < 86400 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} d`;
}

function loss(client) {
  return client.asked === 0 ? '–' : `${(100 * client.repeated / client.asked).toFixed(client.repeated === 0 ? 0 : 1)} %`;
}

function row(client) {
  const line = document.createElement('tr');
  const id = make('th', client.id);
  id.scope = 'row';
  line.append(
      id,
      make('td', client.state, `state ${KIND[client.state] || ''}`),
      make('td', `${ago(client.silentMs)}`, 'number', 'seen'),
      make('td', client.address, 'address'),
      make('td', String(client.queued), client.queued > 0 ? 'number warn' : 'number', 'queue'),
      make('td', String(client.repeated), 'number', 'repeats'),
      make('td', loss(client), 'number', 'loss'));
  return line;
}

function totals(gateway) {
  const states = gateway.states;
  const values = {
    connected: `${states.active + states.asleep + states.awake}`,
    asleep: `${states.asleep}`,
    lost: `${states.lost}`,
    queued: gateway.queued.toLocaleString(),
    'published up': gateway.publishedUp.toLocaleString(),
    'delivered down': gateway.deliveredDown.toLocaleString(),
    'buffers used': `${(100 * gateway.poolUsed / gateway.poolLimit).toFixed(1)} %`,
  };
  at('totals').replaceChildren(...Object.entries(values).map(([name, value]) => {
    const pair = document.createElement('div');
    pair.append(make('dt', name), make('dd', value));
    return pair;
  }));
}

function show(answer) {
  const gateway = answer.gateway;
  text(at('gateway-id'), String(gateway.id));
  text(at('broker'), gateway.brokerReachable ? 'broker reachable' : 'broker cannot be reached');
  at('broker').className = gateway.brokerReachable ? 'good' : 'bad';
  totals(gateway);
  const last = answer.from + answer.clients.length;
  const which = answer.clients.length === 0 ? 'No client' : `Clients ${answer.from + 1} to ${last}`;
  text(at('caption'), `${which} of ${answer.total.toLocaleString()}; room for ${gateway.limit.toLocaleString()}`);
  at('rows').replaceChildren(...answer.clients.map(row));
  at('previous').disabled = answer.from === 0;
  at('next').disabled = last >= answer.total;
}

async function refresh() {
  const turn = ++asked;
  const wanted = new URLSearchParams({filter: at('filter').value, from, count: PAGE});
  try {
    const answer = await fetch(`clients.json?${wanted}`);
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    const clients = await answer.json();
    if (turn === asked) {
      show(clients);
    }
  } catch (e) {
    text(at('broker'), `the gateway does not answer (${e.message.trim()})`);
    at('broker').className = 'bad';
  }
}

function turn(by) {
  from = Math.max(0, from + by);
  refresh();
}

at('previous').addEventListener('click', () => turn(-PAGE));
at('next').addEventListener('click', () => turn(PAGE));
at('filter').addEventListener('input', () => { from = 0; refresh(); });
at('search').addEventListener('submit', event => event.preventDefault());
at('pause').addEventListener('click', () => {
  paused = !paused;
  at('pause').setAttribute('aria-pressed', String(paused));
});
setInterval(() => { if (!paused && !document.hidden) refresh(); }, REFRESH_MS);
refresh();
