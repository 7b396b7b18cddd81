import TFGuardCommands

@main
struct Main {
    static func main() {
        CommandLineTool.main()
    }
}
