"""A session whose messages scapy writes and whose answers scapy reads: python3 scapy_session.py GATEWAY_PORT."""
import socket
import sys

from scapy.contrib.mqttsn import (
    MQTTSN, MQTTSNConnect, MQTTSNDisconnect, MQTTSNPingReq, MQTTSNPuback, MQTTSNPubcomp, MQTTSNPublish, MQTTSNPubrec,
    MQTTSNPubrel, MQTTSNRegack, MQTTSNRegister, MQTTSNSearchGW, MQTTSNSubscribe, MQTTSNUnsubscribe, MQTTSNWillMsg,
    MQTTSNWillMsgUpd, MQTTSNWillTopic, MQTTSNWillTopicUpd, PACKET_TYPE)

TYPE = {name: number for number, name in PACKET_TYPE.items()}
link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
link.connect(("127.0.0.1", int(sys.argv[1])))
link.settimeout(20)


def send(name, body=None, length=None):
    """scapy's own Length is wrong for some messages, so it is given; a body whose form depends on it needs it beforehand."""
    if length is not None:
        link.send(bytes(MQTTSN(len=length, type=TYPE[name]) / body))
        return
    octets = bytes(body) if body is not None else b""
    link.send(bytes(MQTTSN(len=2 + len(octets), type=TYPE[name])) + octets)


def expect(name, **fields):
    """Copies of the gateway's messages would mean that an answer was not understood."""
    octets = link.recv(2000)
    packet = MQTTSN(octets)
    assert packet.len == len(octets), (packet.len, octets)
    assert packet.type == TYPE[name], (name, packet.show(dump=True))
    for field, wanted in fields.items():
        assert getattr(packet.payload, field) == wanted, (field, wanted, packet.show(dump=True))
    print("read", name)
    return packet.payload


send("SEARCHGW", MQTTSNSearchGW(radius=1))
expect("GWINFO", gw_id=1, gw_addr=b"")

send("CONNECT", MQTTSNConnect(will=1, cleansess=1, prot_id=1, duration=60, client_id="scapy"))
expect("WILLTOPICREQ")
send("WILLTOPIC", MQTTSNWillTopic(qos=1, will_topic="scapy/will"))
expect("WILLMSGREQ")
send("WILLMSG", MQTTSNWillMsg(will_msg="gone"))
expect("CONNACK", return_code=0)

send("REGISTER", MQTTSNRegister(mid=1, topic_name="scapy/up"))
up = expect("REGACK", mid=1, return_code=0).tid
send("PUBLISH", MQTTSNPublish(qos=0, tid=up, data="at 0"))
send("PUBLISH", MQTTSNPublish(qos=1, tid=up, mid=2, data="at 1"))
expect("PUBACK", tid=up, mid=2, return_code=0)
send("PUBLISH", MQTTSNPublish(qos=2, retain=1, tid=up, mid=3, data="at 2"))
expect("PUBREC", mid=3)
send("PUBREL", MQTTSNPubrel(mid=3))
expect("PUBCOMP", mid=3)
send("PUBLISH", MQTTSNPublish(qos=1, tid=9999, mid=4, data="to nowhere"))
expect("PUBACK", tid=9999, mid=4, return_code=2)

send("SUBSCRIBE", MQTTSNSubscribe(qos=2, mid=5, topic_name="scapy/down/+"))
expect("SUBACK", qos=2, tid=0, mid=5, return_code=0)
print("subscribed", flush=True)
register = expect("REGISTER", topic_name=b"scapy/down/1")
send("REGACK", MQTTSNRegack(tid=register.tid, mid=register.mid, return_code=0))
message = expect("PUBLISH", qos=1, tid=register.tid, data=b"one")
send("PUBACK", MQTTSNPuback(tid=message.tid, mid=message.mid, return_code=0))
message = expect("PUBLISH", qos=2, tid=register.tid, data=b"two")
send("PUBREC", MQTTSNPubrec(mid=message.mid))
expect("PUBREL", mid=message.mid)
send("PUBCOMP", MQTTSNPubcomp(mid=message.mid))

send("UNSUBSCRIBE", MQTTSNUnsubscribe(mid=6, topic_name="scapy/down/+"))
expect("UNSUBACK", mid=6)
send("WILLTOPICUPD", MQTTSNWillTopicUpd(qos=0, will_topic="scapy/will/2"))
expect("WILLTOPICRESP", return_code=0)
send("WILLMSGUPD", MQTTSNWillMsgUpd(will_msg="gone for good"))
expect("WILLMSGRESP", return_code=0)
send("DISCONNECT", MQTTSNDisconnect(duration=60), 4)
expect("DISCONNECT")
send("PINGREQ", MQTTSNPingReq(client_id="scapy"))
expect("PINGRESP")
send("DISCONNECT")
expect("DISCONNECT")
print("done")
