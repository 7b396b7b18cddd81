"""An independent oracle for StateDiff: a plain deep comparison of two state files.

    deep_comparison.py OLD NEW    prints one line for each (address, top-level attribute) that differs; an instance that is
                                  only on one side is a line without an attribute, with + or - before it
"""
import json, sys


def key_text(key):
    if key is None:
        return ""
    return f"[{json.dumps(key, ensure_ascii=False)}]"


def instances(path):
    found = {}
    for resource in json.load(open(path))["resources"]:
        prefix = (resource["module"] + "." if resource.get("module") else "") + ("data." if resource["mode"] == "data" else "")
        for instance in resource["instances"]:
            address = f"{prefix}{resource['type']}.{resource['name']}{key_text(instance.get('index_key'))}"
            if instance.get("deposed"):
                address += f" (deposed {instance['deposed']})"
            found[address] = instance
    return found


def meaning(value):
    """JSON inside a text counts as JSON, as two spellings of one policy are the same policy."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return {"json": json.loads(value)}
        except ValueError:
            return value
    return value


def main():
    old, new = instances(sys.argv[1]), instances(sys.argv[2])
    for address in sorted(old.keys() | new.keys()):
        if address not in old:
            print("+", address, sep="\t")
        elif address not in new:
            print("-", address, sep="\t")
        else:
            before, after = old[address].get("attributes") or {}, new[address].get("attributes") or {}
            for name in sorted(before.keys() | after.keys()):
                if meaning(before.get(name)) != meaning(after.get(name)):
                    print("~", address, name, sep="\t")


main()
