import Glibc
import TFGuardCommands

@main
struct Main {
    static func main() async {
        exit(await CommandLineTool.run())
    }
}
