/// The fictional municipality of the demonstration.
public enum DemoMunicipality {
    public static let slug = "sandvik"
    public static let password = "torg-demo"
}
